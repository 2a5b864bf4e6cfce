package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineCounters;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of Hugging Face's Text Generation Inference 3.3.7 (commit dfb3fbe): names, help texts and buckets of
 * {@code router/src/server.rs}, {@code router/src/validation.rs} and {@code backends/v3/src}.
 *
 * <p>Nothing has a label for the model. There is no time to first token, and what is called the mean time per token is the whole
 * inference, prefill included, over the tokens generated. Counters have no {@code _total}; a counter or histogram appears when it
 * is first touched. Here a prompt's length is recorded with its first token, in TGI already when it is taken in.
 */
public final class TgiMetrics implements EnginePage {

    private static final int DURATION_BUCKETS = 35;
    private static final int LENGTH_BUCKETS = 100;

    private final BucketCounts inputLength;
    private final BucketCounts generatedTokens;
    private final BucketCounts duration = durations();
    private final BucketCounts validation = durations();
    private final BucketCounts queue = durations();
    private final BucketCounts inference = durations();
    private final BucketCounts meanTimePerToken = durations();

    /**
     * Of an engine that has done nothing yet.
     *
     * @param maxTotalTokens tokens a sequence may have at most; bounds the buckets of lengths
     */
    public TgiMetrics(int maxTotalTokens) {
        // The launcher's default for the longest prompt: all but one token.
        this.inputLength = BucketCounts.even(LENGTH_BUCKETS, maxTotalTokens - 1.0);
        this.generatedTokens = BucketCounts.even(LENGTH_BUCKETS, maxTotalTokens);
    }

    private static BucketCounts durations() {
        double[] bounds = new double[DURATION_BUCKETS];
        double value = 0.0001;
        for (int i = 0; i < DURATION_BUCKETS; i++) {
            value *= 1.5;
            bounds[i] = value;
        }
        return new BucketCounts(bounds);
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        inputLength.observe(request.inputTokens());
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            ServedTimes times = ServedTimes.of(done);
            duration.observe(times.endToEnd());
            validation.observe(0);
            queue.observe(times.queue());
            inference.observe(times.inference());
            meanTimePerToken.observe(times.inference() / done.request().outputTokens());
            generatedTokens.observe(done.request().outputTokens());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        counters(page, engine);
        double capacity = engine.kvCapacity().count();
        page.add(gauge("queue_size", "Current queue size", engine.waiting()));
        page.add(gauge("batch_current_size", "Current batch size", engine.running()));
        page.add(gauge(
                "batch_current_max_tokens",
                "Maximum tokens for the current batch",
                engine.kvUsage().value() * capacity));
        page.add(gauge("batch_max_total_tokens", "Maximum amount of tokens in total.", capacity));
        histogram(page, "request_input_length", "Input token length per request", inputLength);
        histogram(page, "request_generated_tokens", "Generated tokens per request", generatedTokens);
        histogram(page, "request_duration", "Total time spent processing the request", duration);
        histogram(page, "request_validation_duration", "Time spent validating the request", validation);
        histogram(page, "request_queue_duration", "Time spent in the queue per request", queue);
        histogram(page, "request_inference_duration", "Request inference duration", inference);
        histogram(page, "request_mean_time_per_token_duration", "Mean time per token per request", meanTimePerToken);
        return ExpositionText.of(NumberStyle.SHORTEST, page);
    }

    private static void counters(List<MetricFamily> page, EngineSimulator engine) {
        EngineCounters counters = engine.counters();
        long received =
                counters.completed() + counters.aborted() + counters.refused() + engine.running() + engine.waiting();
        counter(page, "request_count", "Total number of requests", "", received);
        counter(page, "request_success", "Number of successful requests", "", counters.completed());
        counter(page, "request_failure", "Number of failed requests", "err=\"dropped\"", counters.aborted());
    }

    private static void counter(List<MetricFamily> page, String name, String help, String labels, long value) {
        if (value > 0) {
            page.add(MetricFamily.counter("tgi_" + name, help, labels, value));
        }
    }

    private static MetricFamily gauge(String name, String help, double value) {
        return MetricFamily.gauge("tgi_" + name, help, "", value);
    }

    private static void histogram(List<MetricFamily> page, String name, String help, BucketCounts counts) {
        if (counts.total() > 0) {
            page.add(MetricFamily.histogram("tgi_" + name, help, "", counts));
        }
    }
}
