package dev.gearshift.metrics.prometheus;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits an expression at each {@code or} that stands outside brackets, quotes and comments, as Prometheus's lexer sees them: written
 * independently of the check it tests.
 */
final class PromqlParts {

    private PromqlParts() {}

    static List<String> of(String promql) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        char quote = 0;
        boolean comment = false;
        for (int i = 0; i < promql.length(); i++) {
            char c = promql.charAt(i);
            if (comment) {
                comment = c != '\n';
            } else if (quote != 0) {
                if (c == '\\' && quote != '`') {
                    part.append(c);
                    i++;
                    c = promql.charAt(i);
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == '#') {
                comment = true;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && promql.startsWith(" or ", i)) {
                parts.add(part.toString());
                part.setLength(0);
                i += 3;
                continue;
            }
            part.append(c);
        }
        parts.add(part.toString());
        return parts;
    }
}
