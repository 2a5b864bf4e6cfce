package dev.gearshift.metrics.prometheus;

import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.LabelMatch;
import dev.gearshift.metrics.engine.MetricName;
import dev.gearshift.prometheus.PromQl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes the parts of queries over the whole fleet, for the dialects in use. What they hold against:
 *
 * <ul>
 *   <li><b>one pod scraped twice</b> (two jobs, a pair of Prometheus servers): series that differ only by labels of the scrape are one,
 *       the greatest counts: {@code max by (pod, parts)};
 *   <li><b>several names for one thing</b>: {@code or on (pod)} keeps the first that a pod shows;
 *   <li><b>a router's copies</b>: they are of another pod, which is none of ours.
 * </ul>
 *
 * Pods whose series do not carry the model's and the tier's label are asked for by namespace and pod, in the namespaces given.
 */
final class Expressions {

    /** The label that tells what a unit of a histogram's bounds is worth, where that is not one. */
    static final String WORTH = "gearshift_worth";

    /** The label that tells in which dialect an element was asked for, where there are several. */
    static final String DIALECT = "gearshift_dialect";

    /** Labels that tell how a series was scraped, not what it is of. */
    static final String SCRAPE_LABELS = "container, endpoint, instance, job, prometheus, prometheus_replica, service";

    private final List<EngineDialect> dialects;
    private final TargetLabels labels;
    private final SortedSet<String> unlabelled;

    /**
     * Expressions.
     *
     * @param dialects whose names to use; each once
     * @param unlabelled namespaces in which pods are also asked for by name
     */
    Expressions(List<EngineDialect> dialects, TargetLabels labels, SortedSet<String> unlabelled) {
        this.dialects = List.copyOf(dialects);
        this.labels = labels;
        this.unlabelled = new TreeSet<>(unlabelled);
    }

    /** Whether any engine in use shows this. */
    boolean has(Function<EngineDialect, List<MetricName>> names) {
        return dialects.stream().anyMatch(dialect -> !names.apply(dialect).isEmpty());
    }

    /**
     * One value a pod.
     *
     * @param aggregation how the parts of a pod become one: {@code sum}, {@code max}, {@code min}
     * @param names what it is called
     * @param of what is made of each series, such as a rate
     */
    String byPod(String aggregation, Function<EngineDialect, List<MetricName>> names, UnaryOperator<String> of) {
        return union(pods -> onePod(aggregation, names, of, pods));
    }

    /** One value a tier: the parts of its pods, aggregated. */
    String byTier(String aggregation, Function<EngineDialect, List<MetricName>> names, UnaryOperator<String> of) {
        return union(pods -> aggregation + " by (" + pods.tier() + ") (" + perSeries(names, of, "", "", pods) + ")");
    }

    /** One value a tier: that of the pod with the least, its parts added up. */
    String byLeastPod(Function<EngineDialect, List<MetricName>> names, UnaryOperator<String> of) {
        return union(pods -> "min by (" + pods.tier() + ") (" + onePod("sum", names, of, pods) + ")");
    }

    private String onePod(
            String aggregation, Function<EngineDialect, List<MetricName>> names, UnaryOperator<String> of, Pods pods) {
        return aggregation + " by (" + pods.group(labels.pod()) + pods.tag() + ") ("
                + perSeries(names, of, "", "", pods) + ")";
    }

    /** The cumulative buckets of each tier, and as elements without {@code le} the sum of all values. */
    String histogram(Function<EngineDialect, List<MetricName>> names, UnaryOperator<String> of) {
        return union(pods -> "sum by (" + pods.tier() + ", le, " + WORTH + ") ("
                + perSeries(names, of, "_bucket", "le", pods) + ") or sum by (" + pods.tier() + ", " + WORTH + ") ("
                + perSeries(names, of, "_sum", "", pods) + ")");
    }

    /** The distinct sizes of KV caches in each tier, in the labels of a series. */
    List<String> cacheInfos() {
        List<String> expressions = new ArrayList<>();
        for (EngineDialect dialect : dialects) {
            dialect.cacheInfo().ifPresent(info -> {
                List<String> by = new ArrayList<>(dialect.parts());
                by.addAll(List.of(info.blocks(), info.blockSize()));
                expressions.add(union(pods -> "group by (" + pods.tier() + ", " + String.join(", ", by) + ") ("
                        + tagged(dialect, selector(MetricName.of(info.name()), "", pods)) + ")"));
            });
        }
        return expressions;
    }

    /** Several expressions as one, each told apart by its kind. */
    static String told(Map<Kind, String> expressions) {
        List<String> parts = new ArrayList<>();
        expressions.forEach((kind, expression) -> parts.add("label_replace(" + expression + ", "
                + PromQl.quoted(Kind.LABEL) + ", " + PromQl.quoted(kind.word()) + ", \"\", \"\")"));
        return String.join(" or ", parts);
    }

    /**
     * Which pods an expression is about, and by which labels they are told apart.
     *
     * @param group labels of their tier, or of the pods themselves
     * @param matchers which they are
     * @param labelled whether they carry the labels of their tier
     * @param tag what is added to the labels where dialects are told apart
     */
    private record Pods(String group, String matchers, boolean labelled, String tag) {

        String group(String pod) {
            return labelled ? group + ", " + pod : group;
        }

        String tier() {
            return group + tag;
        }
    }

    private String union(Function<Pods, String> expression) {
        String fixed = labels.only().entrySet().stream()
                .map(entry -> "," + PromQl.among(entry.getKey(), List.of(entry.getValue())))
                .reduce("", String::concat);
        String tag = dialects.size() == 1 ? "" : ", " + DIALECT;
        Pods labelled = new Pods(
                labels.namespace() + ", " + labels.model() + ", " + labels.tier(),
                labels.pod() + "!=\"\"," + labels.model() + "!=\"\"," + labels.tier() + "!=\"\"" + fixed,
                true,
                tag);
        String all = "(" + expression.apply(labelled) + ")";
        if (unlabelled.isEmpty()) {
            return all;
        }
        Pods named = new Pods(
                labels.namespace() + ", " + labels.pod(),
                labels.pod() + "!=\"\"," + labels.tier() + "=\"\"," + PromQl.among(labels.namespace(), unlabelled)
                        + fixed,
                false,
                tag);
        return "(" + all + " or " + expression.apply(named) + ")";
    }

    private String perSeries(
            Function<EngineDialect, List<MetricName>> names,
            UnaryOperator<String> of,
            String suffix,
            String further,
            Pods pods) {
        List<String> ofDialects = new ArrayList<>();
        for (EngineDialect dialect : dialects) {
            String parts = parts(dialect, further, pods);
            List<String> alternatives = new ArrayList<>();
            for (MetricName name : names.apply(dialect)) {
                String greatest = "max " + parts + " (" + of.apply(selector(name, suffix, pods)) + ")";
                alternatives.add(name.worth() == 1 ? greatest : worth(greatest, name.worth(), !suffix.isEmpty()));
            }
            if (!alternatives.isEmpty()) {
                ofDialects.add(
                        tagged(dialect, String.join(" or on (" + pods.group(labels.pod()) + ") ", alternatives)));
            }
        }
        return String.join(" or ", ofDialects);
    }

    /** Says in which dialect an element was asked for: what one engine calls something may mean another thing to another. */
    private String tagged(EngineDialect dialect, String expression) {
        return dialects.size() == 1
                ? expression
                : "label_replace((" + expression + "), " + PromQl.quoted(DIALECT) + ", "
                        + PromQl.quoted(tag(dialects, dialect)) + ", \"\", \"\")";
    }

    /** How an element tells that it was asked for in a dialect; with only one there is nothing to tell. */
    static String tag(List<EngineDialect> dialects, EngineDialect dialect) {
        return dialects.size() == 1 ? "" : Integer.toString(dialects.indexOf(dialect));
    }

    /** What tells the series of a pod apart: labels that are known, else all but those of the scrape. */
    private String parts(EngineDialect dialect, String further, Pods pods) {
        if (dialect.parts().isEmpty()) {
            return "without (" + SCRAPE_LABELS + ")";
        }
        List<String> by = new ArrayList<>(List.of(pods.group(labels.pod())));
        by.addAll(dialect.parts());
        if (!further.isEmpty()) {
            by.add(further);
        }
        return "by (" + String.join(", ", by) + ")";
    }

    /** Bounds are labels, which PromQL cannot multiply: their unit is told instead, and applied by the reader. */
    private static String worth(String expression, double unit, boolean histogram) {
        return histogram
                ? "label_replace(" + expression + ", " + PromQl.quoted(WORTH) + ", "
                        + PromQl.quoted(Double.toString(unit)) + ", \"\", \"\")"
                : expression + " * " + unit;
    }

    private static String selector(MetricName name, String suffix, Pods pods) {
        StringBuilder selector =
                new StringBuilder(name.name()).append(suffix).append('{').append(pods.matchers());
        for (LabelMatch match : name.where()) {
            selector.append(',')
                    .append(
                            match.among()
                                    ? PromQl.among(match.label(), match.values())
                                    : PromQl.notAmong(match.label(), match.values()));
        }
        return selector.append('}').toString();
    }
}
