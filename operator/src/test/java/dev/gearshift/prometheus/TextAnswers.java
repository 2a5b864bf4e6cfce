package dev.gearshift.prometheus;

import dev.gearshift.prometheus.Answer.Cause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A round of queries answered by texts, without a server. */
public final class TextAnswers {

    private TextAnswers() {}

    /** Reads a text as the answer to each query, as the API does. */
    public static PrometheusApi.Round round(List<Query<?>> queries, Function<Query<?>, String> texts) {
        List<Answer<?>> answers = new ArrayList<>();
        for (Query<?> query : queries) {
            answers.add(answer(query, texts.apply(query)));
        }
        return new PrometheusApi.Round(queries, answers);
    }

    private static <T> Answer<T> answer(Query<T> query, String text) {
        Query.Gathering<T> gathering = query.gathering();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            List<String> warnings = AnswerReader.read(new ByteArrayInputStream(bytes), gathering);
            return new Answer.Given<>(gathering.result(), warnings, bytes.length);
        } catch (IOException broken) {
            return new Answer.Missing<>(Cause.BROKEN, String.valueOf(broken.getMessage()));
        }
    }
}
