package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.EngineMetricNames;
import dev.gearshift.core.model.ServingEngine;
import dev.gearshift.metrics.engine.EngineSample.Counter;
import dev.gearshift.metrics.engine.EngineSample.Distribution;
import dev.gearshift.metrics.engine.EngineSample.Gauge;
import java.util.Optional;

/** The names of an engine that is not known here, as its declaration gives them. Whatever labels its series have, they add up. */
public final class CustomDialect {

    private CustomDialect() {}

    /**
     * The dialect of these names.
     *
     * @throws IllegalArgumentException when one of them cannot be the name of a metric
     */
    public static EngineDialect of(EngineMetricNames names) {
        return EngineDialect.of(ServingEngine.CUSTOM)
                .gauge(Gauge.RUNNING, MetricName.of(names.running()))
                .gauge(Gauge.WAITING, MetricName.of(names.waiting()))
                .gauge(Gauge.KV_TOKENS, named(names.kvTokens()))
                .counter(Counter.COMPLETED, MetricName.of(names.completed()))
                .counter(Counter.ABORTED, named(names.failed()))
                .counter(Counter.FAILED, named(names.failed()))
                .counter(Counter.PROMPT_TOKENS, named(names.promptTokens()))
                .counter(Counter.GENERATION_TOKENS, named(names.generationTokens()))
                .histogram(Distribution.TIME_TO_FIRST_TOKEN, named(names.timeToFirstToken()))
                .histogram(Distribution.TIME_PER_OUTPUT_TOKEN, named(names.timePerOutputToken()))
                .histogram(Distribution.END_TO_END, named(names.endToEnd()))
                .histogram(Distribution.PROMPT_LENGTH, named(names.promptLength()))
                .histogram(Distribution.GENERATION_LENGTH, named(names.generationLength()))
                .build();
    }

    private static MetricName[] named(Optional<String> name) {
        return name.map(MetricName::of).stream().toArray(MetricName[]::new);
    }
}
