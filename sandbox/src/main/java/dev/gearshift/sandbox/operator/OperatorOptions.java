package dev.gearshift.sandbox.operator;

import dev.gearshift.Gearshift;
import dev.gearshift.loop.MetricsSource;
import dev.gearshift.metrics.scrape.ScrapeSettings;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How an operator in a world works.
 *
 * @param namespaces where it works; all when empty
 * @param planningInterval from one plan to the next
 * @param source where the engines' metrics come from; one that asks engines itself must do so one at a time, or equal seeds do not
 *     give equal logs
 * @param measured what is put around that source, to tell more than it does
 */
public record OperatorOptions(
        Set<String> namespaces,
        Duration planningInterval,
        Gearshift.Source source,
        UnaryOperator<MetricsSource> measured) {

    /** Planning as often as in production, and asking the engines itself. */
    public static final OperatorOptions USUAL = new OperatorOptions(
            Set.of(),
            Duration.ofSeconds(15),
            new Gearshift.Source.Scrape(new ScrapeSettings(ScrapeSettings.DEFAULT.windows(), 1)),
            UnaryOperator.identity());

    /** The same with something around its source of metrics. */
    public OperatorOptions measured(UnaryOperator<MetricsSource> by) {
        return new OperatorOptions(namespaces, planningInterval, source, by);
    }

    /** The same in these namespaces only. */
    public OperatorOptions in(Set<String> these) {
        return new OperatorOptions(these, planningInterval, source, measured);
    }

    public OperatorOptions {
        namespaces = Set.copyOf(namespaces);
        if (planningInterval.isNegative() || planningInterval.isZero()) {
            throw new IllegalArgumentException("planningInterval must be positive, but is " + planningInterval);
        }
    }
}
