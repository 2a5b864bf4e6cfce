package dev.gearshift.prometheus;

import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;

/** Writes parts of queries. Whatever a text holds, it stays inside the quotes it is put in. */
public final class PromQl {

    /** What means something in a regular expression (RE2). */
    private static final String REGEX_SIGNS = "\\.+*?()|[]{}^$";

    private PromQl() {}

    /** A text as a string literal, quotes included. */
    public static String quoted(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < ' ' || c == 127) {
                        literal.append(String.format("\\x%02x", c));
                    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                        // Half a character has no encoding: it can match nothing.
                        literal.append('\ufffd');
                    } else {
                        literal.appendCodePoint(c);
                    }
                }
            }
        });
        return literal.append('"').toString();
    }

    /** A matcher of one label: it has one of these values. The empty text stands for a label that is missing. */
    public static String among(String label, Collection<String> values) {
        return matcher(label, "=", "=~", values);
    }

    /** A matcher of one label: it has none of these values. */
    public static String notAmong(String label, Collection<String> values) {
        return matcher(label, "!=", "!~", values);
    }

    private static String matcher(String label, String single, String several, Collection<String> values) {
        TreeSet<String> sorted = new TreeSet<>(values);
        if (sorted.size() == 1) {
            return label + single + quoted(sorted.first());
        }
        StringBuilder regex = new StringBuilder();
        for (Iterator<String> each = sorted.iterator(); each.hasNext(); ) {
            regex.append(literally(each.next())).append(each.hasNext() ? "|" : "");
        }
        return label + several + quoted(regex.toString());
    }

    /** A regular expression that matches exactly this text. */
    private static String literally(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (REGEX_SIGNS.indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.appendCodePoint(c);
        });
        return regex.toString();
    }
}
