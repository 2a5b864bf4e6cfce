package dev.gearshift.sandbox.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a Prometheus for the present value of an expression. */
public final class Queries {

    /**
     * One series of an answer.
     *
     * @param labels its labels, its name as {@code __name__}
     * @param value its value
     */
    public record Answer(Map<String, String> labels, double value) {}

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Queries() {}

    /** The series an expression yields, in the order Prometheus gives them. */
    public static List<Answer> instant(URI prometheus, String expression) {
        return instant(prometheus, expression, "");
    }

    /** The same at an instant in seconds since the epoch. */
    public static List<Answer> instant(URI prometheus, String expression, long epochSeconds) {
        return instant(prometheus, expression, "&time=" + epochSeconds);
    }

    private static List<Answer> instant(URI prometheus, String expression, String more) {
        URI uri = prometheus.resolve(
                "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + more);
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(expression + " is refused: " + response.body());
            }
            List<Answer> series = new ArrayList<>();
            for (JsonNode each : answer.path("data").path("result")) {
                Map<String, String> labels = new TreeMap<>();
                each.path("metric")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText()));
                series.add(new Answer(
                        labels, Double.parseDouble(each.path("value").path(1).asText())));
            }
            return series;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
