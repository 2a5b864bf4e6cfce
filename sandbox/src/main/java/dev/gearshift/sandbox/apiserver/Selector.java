package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors as predicates over object trees. */
final class Selector {

    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");
    private static final Pattern TERMS = Pattern.compile("(?:[^,(]|\\([^)]*\\))+");

    private Selector() {}

    /** A label selector: {@code a=b,c!=d,e in (x,y),f notin (z),g,!h}. Empty selects everything. */
    static Predicate<Map<String, Object>> labels(String text) {
        Predicate<Map<String, Object>> all = o -> true;
        Matcher terms = TERMS.matcher(text);
        while (terms.find()) {
            all = all.and(term(terms.group().strip()));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> term(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            String key = set.group(1);
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return o -> {
                Object v = label(o, key);
                return in ? v != null && values.contains(v) : v == null || !values.contains(v);
            };
        }
        int notEqual = term.indexOf("!=");
        if (notEqual > 0) {
            String key = term.substring(0, notEqual).strip();
            String value = term.substring(notEqual + 2).strip();
            return o -> !value.equals(label(o, key));
        }
        int equal = term.indexOf('=');
        if (equal > 0) {
            String key = term.substring(0, equal).strip();
            String value = term.substring(equal + (term.startsWith("==", equal) ? 2 : 1))
                    .strip();
            return o -> value.equals(label(o, key));
        }
        return term.startsWith("!") ? o -> label(o, term.substring(1).strip()) == null : o -> label(o, term) != null;
    }

    private static @org.jspecify.annotations.Nullable Object label(Map<String, Object> object, String key) {
        return Json.at(object, "metadata", "labels", key);
    }

    /** A field selector over any path: {@code metadata.name=x,spec.nodeName!=y}. A missing field is the empty text. */
    static Predicate<Map<String, Object>> fields(String text) {
        Predicate<Map<String, Object>> all = o -> true;
        for (String term : text.split(",", -1)) {
            int equal = term.indexOf('=');
            if (equal < 0) {
                continue;
            }
            boolean not = equal > 0 && term.charAt(equal - 1) == '!';
            String[] path = term.substring(0, not ? equal - 1 : equal).strip().split("\\.", -1);
            String value = term.substring(equal + (term.startsWith("==", equal) ? 2 : 1))
                    .strip();
            all = all.and(o -> value.equals(Json.text(o, path)) != not);
        }
        return all;
    }
}
