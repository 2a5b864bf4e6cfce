package dev.gearshift.metrics.prometheus;

import com.sun.net.httpserver.HttpExchange;
import dev.gearshift.prometheus.FakePrometheus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Answers the queries of a fleet with the figures of a few pods of {@code team/chat}, all on tier {@code l4}. */
final class CannedAnswers implements FakePrometheus.Behaviour {

    static final double NOW = 1_700_000_000;

    /** By kind, then by pod; the pod {@code ""} stands for the tier. */
    private final Map<Kind, Map<String, String>> figures = new TreeMap<>();

    private volatile UnaryOperator<String> change = answer -> answer;
    private volatile String failing = "";

    /** A pod that was scraped so many seconds ago. */
    CannedAnswers pod(String pod, double age, double running, double waiting) {
        return with(Kind.LAST_SEEN, pod, NOW - age)
                .with(Kind.RUNNING, pod, running)
                .with(Kind.WAITING, pod, waiting)
                .with(Kind.COMPLETED, pod, 100);
    }

    /** What the tier does, watched for so many seconds of the planning window. */
    CannedAnswers tier(double watched, double completed, double growth) {
        return with(Kind.FIRST_SEEN, "", NOW - watched)
                .with(Kind.COMPLETION_RATE, "", completed)
                .with(Kind.RUNNING_GROWTH, "", growth)
                .with(Kind.PROMPT_RATE, "", 1000)
                .with(Kind.GENERATION_RATE, "", 200);
    }

    CannedAnswers with(Kind kind, String pod, Object value) {
        figures.computeIfAbsent(kind, any -> new TreeMap<>()).put(pod, String.valueOf(value));
        return this;
    }

    /** Passes every answer through this from now on. */
    void change(UnaryOperator<String> by) {
        change = by;
    }

    /** Fails queries that contain this, none when empty. */
    void failing(String part) {
        failing = part;
    }

    @Override
    public void answer(HttpExchange exchange, String promql) throws IOException {
        if (!failing.isEmpty() && promql.contains(failing)) {
            FakePrometheus.says(500, "").answer(exchange, promql);
            return;
        }
        FakePrometheus.says(200, change.apply(text(promql))).answer(exchange, promql);
    }

    /** The answer to a query. */
    String text(String promql) {
        List<String> elements = new ArrayList<>();
        figures.forEach((kind, byPod) -> {
            if (promql.contains('"' + kind.word() + '"')) {
                byPod.forEach(
                        (pod, value) -> elements.add(element(List.of("pod", pod, Kind.LABEL, kind.word()), value)));
            }
        });
        return FakePrometheus.vector(elements.toArray(String[]::new));
    }

    /** An element of the tier, with further labels and their values by turns. */
    static String element(List<String> labels, Object value) {
        StringBuilder further = new StringBuilder();
        for (int i = 0; i < labels.size(); i += 2) {
            further.append(",\"")
                    .append(labels.get(i))
                    .append("\":\"")
                    .append(labels.get(i + 1))
                    .append('"');
        }
        return String.format(
                Locale.ROOT,
                "{\"metric\":{\"namespace\":\"team\",\"gearshift_dev_model_deployment\":\"chat\","
                        + "\"gearshift_dev_tier\":\"l4\"%s},\"value\":[%.1f,\"%s\"]}",
                further,
                NOW,
                value);
    }
}
