package dev.gearshift.kubernetes.status;

import dev.gearshift.kubernetes.mapping.FieldError;
import java.util.Comparator;
import java.util.List;

/** Text of bounded length: a status is stored with every copy of its object, and read in a terminal. */
final class BoundedText {

    private static final String SEPARATOR = "; ";
    private static final String ELLIPSIS = "…";

    private BoundedText() {}

    /** The text, or as much of its beginning as fits with an ellipsis. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - ELLIPSIS.length();
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
    }

    /**
     * Problems in one line, the most grave first. Those that do not fit are counted ({@code and 3 more}); the first is always
     * there, cut if it has to be.
     */
    static String problems(List<FieldError> problems, int longest) {
        List<String> texts = problems.stream()
                .sorted(Comparator.comparing(FieldError::severity))
                .map(FieldError::text)
                .toList();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            int left = texts.size() - i;
            String more = SEPARATOR + "and " + left + " more";
            int room = left == 1 ? longest : longest - more.length();
            if (i == 0) {
                line.append(cut(texts.get(i), room));
            } else if (fits(line, texts.get(i), room)) {
                line.append(SEPARATOR).append(texts.get(i));
            } else {
                return line.append(more).toString();
            }
        }
        return line.toString();
    }

    private static boolean fits(StringBuilder line, String text, int longest) {
        return line.length() + SEPARATOR.length() + text.length() <= longest;
    }
}
