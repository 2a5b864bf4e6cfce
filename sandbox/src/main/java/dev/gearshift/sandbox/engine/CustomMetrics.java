package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.List;

/** The page of an engine that is none of the known ones: everything under {@linkplain CustomNames given names}, without labels. */
public final class CustomMetrics implements EnginePage {

    private static final double[] SECONDS = {
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200
    };

    private final CustomNames names;
    private final BucketCounts timeToFirstToken = new BucketCounts(SECONDS);
    private final BucketCounts timePerOutputToken = new BucketCounts(SECONDS);
    private final BucketCounts endToEnd = new BucketCounts(SECONDS);

    /** Of an engine that has done nothing yet. */
    public CustomMetrics(CustomNames names) {
        this.names = names;
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        timeToFirstToken.observe(ServedTimes.seconds(submitted, at));
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            ServedTimes times = ServedTimes.of(done);
            timePerOutputToken.observe(times.perOutputToken());
            endToEnd.observe(times.endToEnd());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        var counters = engine.counters();
        return ExpositionText.of(
                NumberStyle.SHORTEST,
                List.of(
                        MetricFamily.gauge(names.running(), "Requests being computed.", "", engine.running()),
                        MetricFamily.gauge(names.waiting(), "Requests queued.", "", engine.waiting()),
                        MetricFamily.gauge(
                                names.kvUsage(),
                                "Share of the KV cache in use.",
                                "",
                                engine.kvUsage().value()),
                        MetricFamily.counter(names.completed(), "Requests served.", "", counters.completed()),
                        MetricFamily.counter(names.aborted(), "Requests cut off.", "", counters.aborted()),
                        MetricFamily.counter(names.promptTokens(), "Prompt tokens.", "", counters.promptTokens()),
                        MetricFamily.counter(
                                names.generationTokens(), "Tokens generated.", "", counters.generatedTokens()),
                        MetricFamily.histogram(
                                names.timeToFirstToken(), "Time to the first token.", "", timeToFirstToken),
                        MetricFamily.histogram(
                                names.timePerOutputToken(), "Time per output token.", "", timePerOutputToken),
                        MetricFamily.histogram(names.endToEnd(), "Time to the last token.", "", endToEnd)));
    }
}
