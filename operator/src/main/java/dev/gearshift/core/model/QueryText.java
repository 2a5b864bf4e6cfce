package dev.gearshift.core.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One expression of PromQL, as far as can be told without its grammar: put between parentheses it stays between them. Outside quotes
 * every bracket is closed by its own kind, and there is no comment, which would hide what follows. So whatever stands around it
 * means the same as without it; whether it makes sense by itself only the server can say.
 *
 * @param text the expression
 */
public record QueryText(String text) {

    /** The longest expression. */
    public static final int LONGEST = 2048;

    /**
     * An expression.
     *
     * @throws IllegalArgumentException when {@link #fault} finds one
     */
    public QueryText {
        fault(text).ifPresent(fault -> {
            throw new IllegalArgumentException("the query " + fault);
        });
    }

    /** What is wrong with a text, to be read after "the query"; empty when it is such an expression. */
    public static Optional<String> fault(String text) {
        if (text.isBlank()) {
            return Optional.of("is empty");
        } else if (text.length() > LONGEST) {
            return Optional.of("has " + text.length() + " characters, more than " + LONGEST);
        }
        Deque<Character> open = new ArrayDeque<>();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '(' -> open.push(')');
                case '[' -> open.push(']');
                case '{' -> open.push('}');
                case ')', ']', '}' -> {
                    if (open.isEmpty() || open.pop() != c) {
                        return Optional.of("has a '" + c + "' that closes nothing");
                    }
                }
                case '"', '\'', '`' -> {
                    int end = endOfQuote(text, at);
                    if (end < 0) {
                        return Optional.of("has a quote that is not closed in its line");
                    }
                    at = end;
                }
                case '#' -> {
                    return Optional.of("has a comment");
                }
                default -> {
                    if (!isPlain(c)) {
                        return Optional.of("has the character U+%04X outside quotes".formatted((int) c));
                    }
                }
            }
        }
        return open.isEmpty() ? Optional.empty() : Optional.of("lacks a '" + open.peek() + "'");
    }

    /** Where the quote that begins here ends; negative when it does not. Only in backquotes may a line end, and nothing is escaped. */
    private static int endOfQuote(String text, int begin) {
        char quote = text.charAt(begin);
        for (int at = begin + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return at;
            } else if (c == '\\' && quote != '`') {
                at++;
            } else if (c == '\n' && quote != '`') {
                return -1;
            }
        }
        return -1;
    }

    /** Outside quotes PromQL has printable ASCII and blanks. */
    private static boolean isPlain(char c) {
        return (c >= ' ' && c < 127) || c == '\t' || c == '\n' || c == '\r';
    }

    @Override
    public String toString() {
        return text;
    }
}
