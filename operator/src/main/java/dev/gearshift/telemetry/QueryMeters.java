package dev.gearshift.telemetry;

import dev.gearshift.prometheus.Answer;
import dev.gearshift.prometheus.PrometheusApi.Round;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of queries to Prometheus, and logs when they begin or cease to fail. */
public final class QueryMeters implements Consumer<Round> {

    private static final Logger LOG = LoggerFactory.getLogger(QueryMeters.class);

    private final Counter answered;
    private final Map<Answer.Cause, Counter> missing = new EnumMap<>(Answer.Cause.class);
    private final Counter bytes;
    private final Counter warnings;
    private boolean wasWhole = true;

    /** Meters in a registry, which must not hold any of these names yet. */
    public QueryMeters(MeterRegistry registry) {
        answered = queries(registry, "Answered");
        for (Answer.Cause cause : Answer.Cause.values()) {
            missing.put(cause, queries(registry, ModelRows.word(cause)));
        }
        bytes = Counter.builder("gearshift.prometheus.answers.bytes")
                .description("Bytes of answers from Prometheus")
                .register(registry);
        warnings = Counter.builder("gearshift.prometheus.warnings")
                .description("Rounds of queries in which Prometheus said that an answer may not be whole")
                .register(registry);
    }

    private static Counter queries(MeterRegistry registry, String outcome) {
        return Counter.builder("gearshift.prometheus.queries")
                .description("Queries to Prometheus by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public synchronized void accept(Round round) {
        for (Answer<?> answer : round.answers()) {
            Counter counter = answer instanceof Answer.Missing<?> none ? missing.get(none.cause()) : answered;
            if (counter != null) {
                counter.increment();
            }
        }
        bytes.increment((double) round.bytes());
        List<String> said = round.warnings();
        if (!said.isEmpty()) {
            warnings.increment();
        }
        boolean whole = round.missing().isEmpty() && said.isEmpty();
        if (wasWhole && !whole) {
            LOG.warn("Prometheus does not answer as it should: missing {}, warnings {}", round.missing(), said);
        } else if (!wasWhole && whole) {
            LOG.info("Prometheus answers again");
        }
        wasWhole = whole;
    }
}
