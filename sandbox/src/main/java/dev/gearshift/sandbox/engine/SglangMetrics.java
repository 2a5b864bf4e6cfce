package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of SGLang: names, labels, help texts and buckets of {@code python/sglang/srt/observability/metrics_collector.py} at
 * commit 016d860 (2026), those a model without adapters, grammars, disaggregation or speculation shows.
 *
 * <p>Two processes share the page. The scheduler's gauges and its queue time have {@code tp_rank}, {@code pp_rank} and
 * {@code moe_ep_rank}; with {@code --enable-metrics-for-all-schedulers} every rank shows the <em>same</em> requests once more. The
 * tokenizer's counters and latencies have no rank, some have {@code is_streaming}; they appear with their first observation and
 * are absent before. Tokens are counted when a request has finished, not while it runs. Inter-token latency is observed for every
 * token.
 */
public final class SglangMetrics implements EnginePage {

    private static final double[] FIRST_TOKEN_BUCKETS = {
        0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400
    };
    private static final double[] END_TO_END_BUCKETS = {
        0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400, 600, 1200, 1800, 2400
    };
    private static final double[] TOKEN_BUCKETS = {
        0.002, 0.004, 0.006, 0.008, 0.010, 0.015, 0.020, 0.025, 0.030, 0.035, 0.040, 0.060, 0.080, 0.100, 0.200, 0.400,
        0.600, 0.800, 1.0, 2.0, 4.0, 6.0, 8.0
    };
    private static final double[] QUEUE_BUCKETS = {
        0.0, 0.001, 0.005, 0.010, 0.050, 0.100, 0.200, 0.500, 1, 2, 3, 4, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90,
        100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1400, 1600, 1800, 2000, 2500, 3000
    };
    private static final double[] LENGTH_BUCKETS = {
        100, 300, 500, 700, 1000, 1500, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 12500, 15000, 17500,
        20000, 22500, 25000, 27500, 30000, 35000, 40000, 60000, 80000, 100000, 200000, 300000, 400000, 600000, 800000,
        1000000, 1100000
    };

    private final String process;
    private final String streaming;
    private final List<String> ranks;
    private final BucketCounts timeToFirstToken = new BucketCounts(FIRST_TOKEN_BUCKETS);
    private final BucketCounts interTokenLatency = new BucketCounts(TOKEN_BUCKETS);
    private final BucketCounts endToEnd = new BucketCounts(END_TO_END_BUCKETS);
    private final BucketCounts queueTime = new BucketCounts(QUEUE_BUCKETS);
    private final BucketCounts promptTokens = new BucketCounts(LENGTH_BUCKETS);
    private final BucketCounts generationTokens = new BucketCounts(LENGTH_BUCKETS);

    /**
     * Of an engine that has done nothing yet.
     *
     * @param modelName the name the model is served under
     * @param ranks tensor-parallel ranks that show their scheduler's metrics; 1 as SGLang is by default
     */
    public SglangMetrics(String modelName, int ranks) {
        if (ranks < 1) {
            throw new IllegalArgumentException("an engine has at least one rank, but this has " + ranks);
        }
        String model = ExpositionText.label("model_name", modelName);
        this.process = "engine_type=\"unified\"," + model;
        this.streaming = "engine_type=\"unified\",is_streaming=\"true\"," + model;
        List<String> labels = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            labels.add(process + ",moe_ep_rank=\"0\",pp_rank=\"0\",tp_rank=\"" + rank + "\"");
        }
        this.ranks = List.copyOf(labels);
    }

    @Override
    public void stepped(long durationNanos, int decoded, int prefilled) {
        if (decoded > 0) {
            interTokenLatency.observe(durationNanos / 1e9, decoded);
        }
    }

    @Override
    public void resumed(long gapNanos) {
        interTokenLatency.observe(gapNanos / 1e9);
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        timeToFirstToken.observe(ServedTimes.seconds(submitted, at));
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            ServedTimes times = ServedTimes.of(done);
            queueTime.observe(times.queue());
            endToEnd.observe(times.endToEnd());
            promptTokens.observe(done.request().inputTokens());
            generationTokens.observe(done.request().outputTokens());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        double capacity = engine.kvCapacity().count();
        double used = engine.kvUsage().value() * capacity;
        page.add(scheduler("num_running_reqs", "The number of running requests.", engine.running()));
        page.add(scheduler("num_queue_reqs", "The number of requests in the waiting queue.", engine.waiting()));
        page.add(scheduler("token_usage", "The token usage.", engine.kvUsage().value()));
        page.add(scheduler("num_used_tokens", "The number of used tokens.", used));
        page.add(scheduler("max_total_num_tokens", "Maximum total number of tokens in the KV cache pool.", capacity));
        page.add(perRank(
                MetricFamily.Type.COUNTER,
                "num_retracted_requests_total",
                "Total number of retracted requests.",
                (double) engine.counters().preemptions()));
        if (queueTime.total() > 0) {
            page.add(queueTimes());
        }
        tokenizer(page, engine.counters().aborted());
        return ExpositionText.of(NumberStyle.PYTHON, page);
    }

    private void tokenizer(List<MetricFamily> page, long aborted) {
        if (endToEnd.total() > 0) {
            page.add(counter(
                    "prompt_tokens_total", "Number of prefill tokens processed.", streaming, promptTokens.sum()));
            page.add(counter(
                    "generation_tokens_total",
                    "Number of generation tokens processed.",
                    streaming,
                    generationTokens.sum()));
            page.add(counter(
                    "num_requests_total", "Number of requests processed.", streaming, (double) endToEnd.total()));
        }
        if (aborted > 0) {
            page.add(counter("num_aborted_requests_total", "Number of requests aborted.", process, (double) aborted));
        }
        histogram(page, "prompt_tokens_histogram", "Histogram of prompt token length.", process, promptTokens);
        histogram(
                page,
                "generation_tokens_histogram",
                "Histogram of generation token length.",
                process,
                generationTokens);
        histogram(
                page,
                "time_to_first_token_seconds",
                "Histogram of time to first token in seconds.",
                streaming,
                timeToFirstToken);
        histogram(
                page,
                "inter_token_latency_seconds",
                "Histogram of inter-token latency in seconds.",
                process,
                interTokenLatency);
        histogram(
                page,
                "e2e_request_latency_seconds",
                "Histogram of End-to-end request latency in seconds",
                streaming,
                endToEnd);
    }

    private MetricFamily scheduler(String name, String help, double value) {
        return perRank(MetricFamily.Type.GAUGE, name, help, value);
    }

    private MetricFamily perRank(MetricFamily.Type type, String name, String help, double value) {
        List<MetricFamily.Series> series = new ArrayList<>();
        ranks.forEach(labels -> series.add(new MetricFamily.Point(labels, value)));
        return new MetricFamily("sglang:" + name, type, help, series);
    }

    private MetricFamily queueTimes() {
        List<MetricFamily.Series> series = new ArrayList<>();
        ranks.forEach(labels -> series.add(new MetricFamily.Distribution(labels, queueTime)));
        return new MetricFamily(
                "sglang:queue_time_seconds",
                MetricFamily.Type.HISTOGRAM,
                "Histogram of queueing time in seconds.",
                series);
    }

    private static MetricFamily counter(String name, String help, String labels, double value) {
        return MetricFamily.counter("sglang:" + name, help, labels, value);
    }

    private static void histogram(
            List<MetricFamily> page, String name, String help, String labels, BucketCounts counts) {
        if (counts.total() > 0) {
            page.add(MetricFamily.histogram("sglang:" + name, help, labels, counts));
        }
    }
}
