package dev.gearshift.telemetry;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.loop.PlanSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes planning errors loud: the decision engine keeps what the model has ordered and goes on, so nothing else of the process
 * fails. Each is counted; one of a model is logged with its stack trace when it begins, and not again before it was over.
 */
public final class PlanningFailures implements PlanSink {

    private static final Logger LOG = LoggerFactory.getLogger(PlanningFailures.class);

    private final Counter counter;
    private Set<ModelKey> failing = new TreeSet<>();

    /** Counts in a registry, which must not hold that name yet. */
    public PlanningFailures(MeterRegistry registry) {
        counter = Counter.builder("gearshift.planning.failures")
                .description("Plans of one model that ended with an error, after which what is ordered was kept")
                .register(registry);
    }

    @Override
    public synchronized void publish(Outcome outcome, Instant now) {
        SortedMap<ModelKey, RuntimeException> failures = outcome.failures();
        counter.increment(failures.size());
        failures.forEach((model, error) -> {
            if (!failing.contains(model)) {
                LOG.error("planning for {} failed: what is ordered is kept, and it is tried again", model, error);
            }
        });
        failing.stream()
                .filter(model -> !failures.containsKey(model))
                .forEach(model -> LOG.info("planning for {} does not fail any more", model));
        failing = new TreeSet<>(failures.keySet());
    }
}
