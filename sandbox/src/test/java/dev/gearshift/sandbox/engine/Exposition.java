package dev.gearshift.sandbox.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reading of the text format: every line is a HELP, a TYPE or a sample of the family opened last. */
final class Exposition {

    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) \\S.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (gauge|counter|histogram)");
    private static final String LABEL = "[a-zA-Z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_:][a-z0-9_:]*)(?:\\{(" + LABEL + "(?:," + LABEL + ")*)})? (\\S+)");

    final Map<String, String> types = new LinkedHashMap<>();
    final Map<String, Double> samples = new LinkedHashMap<>();

    static Exposition parse(String text) {
        Exposition result = new Exposition();
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        String family = "";
        for (String line : text.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
            } else if (type.matches() && type.group(1).equals(family)) {
                check(result.types.put(family, type.group(2)) == null, line);
            } else {
                check(sample.matches(), line);
                String name = sample.group(1);
                String suffix = name.substring(family.length());
                check(
                        name.startsWith(family)
                                && ("histogram".equals(result.types.get(family))
                                        ? List.of("_bucket", "_count", "_sum").contains(suffix)
                                        : suffix.isEmpty()),
                        line);
                double value = number(sample.group(3));
                check(
                        result.samples.put(name + "{" + (sample.group(2) == null ? "" : sample.group(2)) + "}", value)
                                == null,
                        line);
            }
        }
        return result;
    }

    /** The value of the only sample of that name whose labels contain the given text. */
    double value(String name, String label) {
        List<Double> values = new ArrayList<>();
        samples.forEach((key, value) -> {
            if (key.startsWith(name + "{") && key.contains(label)) {
                values.add(value);
            }
        });
        check(values.size() == 1, name + " " + label + " has " + values);
        return values.get(0);
    }

    double value(String name) {
        return value(name, "");
    }

    /** Upper bounds and cumulative counts of a histogram, in the order written. */
    List<double[]> buckets(String family) {
        List<double[]> buckets = new ArrayList<>();
        samples.forEach((key, value) -> {
            if (key.startsWith(family + "_bucket{")) {
                String bound = key.substring(key.indexOf("le=\"") + 4, key.lastIndexOf('"'));
                buckets.add(new double[] {number(bound), value});
            }
        });
        return buckets;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static void check(boolean holds, String line) {
        if (!holds) {
            throw new AssertionError("not as the format wants it: " + line);
        }
    }
}
