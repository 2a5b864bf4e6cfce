package dev.gearshift.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that {@code /api/v1/query} answers with, element by element, in bounded memory. What it does not know is passed
 * over; an element that is not well formed (no metric, no value, a value that is no number) is passed over as well, since one odd
 * series must not cost the others.
 */
final class AnswerReader {

    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int MOST_LABELS = 64;
    private static final int MOST_WARNINGS = 16;

    /** Prometheus 2.48 to 2.53 has remarks on names and the like among its warnings; later versions keep them apart. */
    private static final String REMARK = "PromQL info:";

    /** Label names are few: keeping them once saves most of an answer's memory. Their number is bounded by Jackson. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(16)
                    .build())
            .build();

    private final JsonParser json;
    private final Consumer<Sample> sink;
    private final Texts texts = new Texts();
    private final List<String> warnings = new ArrayList<>();
    private String status = "";
    private String error = "";
    private boolean sawVector;
    private @Nullable List<String> labels;
    private double evaluated;
    private @Nullable Double value;

    private AnswerReader(JsonParser json, Consumer<Sample> sink) {
        this.json = json;
        this.sink = sink;
    }

    /** The JSON is an answer, but not one to an instant query that succeeded. */
    static final class NotAVector extends IOException {

        private static final long serialVersionUID = 1L;

        NotAVector(String message) {
            super(message);
        }
    }

    /**
     * Hands every element to the sink.
     *
     * @return the server's warnings
     * @throws NotAVector when the server did not succeed, or the answer is of another type
     * @throws IOException when the stream breaks or is no JSON
     */
    static List<String> read(InputStream body, Consumer<Sample> sink) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            return new AnswerReader(json, sink).read();
        }
    }

    /** What an answer that tells of an error says; the first bytes when it is none. */
    static String error(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            AnswerReader reader = new AnswerReader(json, sample -> {});
            try {
                reader.read();
            } catch (NotAVector expected) {
                return reader.error.isEmpty() ? String.valueOf(expected.getMessage()) : reader.error;
            }
        } catch (IOException noJson) {
            return "no answer of Prometheus";
        }
        return "no error named";
    }

    private List<String> read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new NotAVector("the answer is no JSON object");
        }
        while (next() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            next();
            switch (field) {
                case "status" -> status = text();
                case "error" -> error = text();
                case "warnings", "infos" -> warnings(field.equals("warnings"));
                case "data" -> data();
                default -> json.skipChildren();
            }
        }
        if (!status.equals("success")) {
            throw new NotAVector(error.isEmpty() ? "status is \"" + status + "\"" : error);
        }
        if (!sawVector) {
            throw new NotAVector("the answer is no instant vector");
        }
        return warnings;
    }

    private void warnings(boolean count) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (count
                    && token == JsonToken.VALUE_STRING
                    && warnings.size() < MOST_WARNINGS
                    && !json.getText().startsWith(REMARK)) {
                warnings.add(json.getText());
            }
            json.skipChildren();
        }
    }

    private void data() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String type = "";
        while (next() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = next();
            if (field.equals("resultType")) {
                type = text();
            } else if (field.equals("result") && token == JsonToken.START_ARRAY) {
                for (JsonToken each = next(); each != JsonToken.END_ARRAY; each = next()) {
                    if (each == JsonToken.START_OBJECT) {
                        element();
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        sawVector = type.equals("vector");
    }

    private void element() throws IOException {
        labels = null;
        evaluated = Double.NaN;
        value = null;
        while (next() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = next();
            if (field.equals("metric") && token == JsonToken.START_OBJECT) {
                labels = labels();
            } else if (field.equals("value") && token == JsonToken.START_ARRAY) {
                pair();
            } else {
                json.skipChildren();
            }
        }
        if (labels != null && value != null && Double.isFinite(evaluated)) {
            sink.accept(new Sample(labels, evaluated, value));
        }
    }

    /** Reads {@code [time, "value"]}. */
    private void pair() throws IOException {
        int position = 0;
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (position == 0 && token.isNumeric()) {
                evaluated = json.getDoubleValue();
            } else if (position == 1 && token == JsonToken.VALUE_STRING) {
                value = number(json.getText());
            }
            position++;
            json.skipChildren();
        }
    }

    private List<String> labels() throws IOException {
        List<String> read = new ArrayList<>(12);
        while (next() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (next() == JsonToken.VALUE_STRING && read.size() < 2 * MOST_LABELS) {
                read.add(name);
                read.add(texts.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
            } else {
                json.skipChildren();
            }
        }
        return read;
    }

    private String text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return "";
    }

    private JsonToken next() throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw new JsonParseException(json, "the answer ends in the middle");
        }
        return token;
    }

    /** A number as Go writes it. Java reads more ("1d", "0x1p3"), which is no number here. */
    private static @Nullable Double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> decimal(text);
        };
    }

    private static @Nullable Double decimal(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return null;
            }
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }
}
