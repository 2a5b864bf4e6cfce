package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.engine.Series;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One line of the text format: {@code name{label="value",…} value [timestamp] [# exemplar]}. */
final class SeriesLine {

    private static final int MOST_LABELS = 64;
    private static final int LONGEST_NUMBER = 64;

    private final String text;
    private int at;

    private SeriesLine(String text) {
        this.text = text;
    }

    /** The series on a line; empty when it is not well formed. */
    static Optional<Series> parse(String text) {
        return Optional.ofNullable(new SeriesLine(text).series());
    }

    private @Nullable Series series() {
        String name = name(true);
        if (name == null) {
            return null;
        }
        skipBlanks();
        SortedMap<String, String> labels = new TreeMap<>();
        if (peek() == '{') {
            at++;
            if (!labels(labels)) {
                return null;
            }
        } else if (at == name.length()) {
            return null;
        }
        skipBlanks();
        Double value = number(token());
        return value == null || !restIsWellFormed() ? null : new Series(name, labels, value);
    }

    private @Nullable String name(boolean colons) {
        int from = at;
        while (at < text.length() && isNamePart(text.charAt(at), at > from, colons)) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    private static boolean isNamePart(char c, boolean digits, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (colons && c == ':')
                || (digits && c >= '0' && c <= '9');
    }

    private boolean labels(SortedMap<String, String> labels) {
        while (true) {
            skipBlanks();
            if (peek() == '}') {
                at++;
                return true;
            }
            String name = name(false);
            skipBlanks();
            if (name == null || peek() != '=') {
                return false;
            }
            at++;
            skipBlanks();
            String value = quoted();
            if (value == null || labels.size() == MOST_LABELS || labels.put(name, value) != null) {
                return false;
            }
            skipBlanks();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                return false;
            }
        }
    }

    private @Nullable String quoted() {
        if (peek() != '"') {
            return null;
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = peek();
            at++;
            switch (escaped) {
                case 'n' -> value.append('\n');
                case '\\', '"' -> value.append(escaped);
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    /** After the value: nothing, a timestamp, and anything at all behind a mark for an exemplar. */
    private boolean restIsWellFormed() {
        skipBlanks();
        if (at < text.length() && peek() != '#') {
            if (number(token()) == null) {
                return false;
            }
            skipBlanks();
        }
        return at >= text.length() || peek() == '#';
    }

    private String token() {
        int from = at;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
            at++;
        }
        return text.substring(from, at);
    }

    private static @Nullable Double number(String token) {
        if (token.isEmpty() || token.length() > LONGEST_NUMBER) {
            return null;
        }
        switch (token) {
            case "+Inf", "Inf", "+inf", "inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-Inf", "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case "NaN", "nan" -> {
                return Double.NaN;
            }
            default -> {
                return decimal(token);
            }
        }
    }

    /** Java reads more than the format allows ("1d", "0x1p3"): only digits, point, sign and exponent pass. */
    private static @Nullable Double decimal(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
                return null;
            }
        }
        try {
            return Double.valueOf(token);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
