package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.List;

/**
 * The page of llama.cpp's server with {@code --metrics}: names and help texts of {@code tools/server/README.md} at commit 00dc805
 * (2026) and of {@code get_metrics} in {@code tools/server/server.cpp}.
 *
 * <p>Nothing has a label. There is no latency, no count of requests and no KV usage. Numbers go through a C++ stream, so that a
 * counter above a million loses all but six digits and moves in jumps. Generated tokens are counted when a request ends.
 */
public final class LlamaCppMetrics implements EnginePage {

    private double promptSeconds;
    private double generationSeconds;
    private long generatedTokens;
    private long busySlots;
    private int longest;

    /** Of a server that has done nothing yet. */
    public LlamaCppMetrics() {}

    @Override
    public void stepped(long durationNanos, int decoded, int prefilled) {
        busySlots += decoded;
        if (prefilled > 0) {
            promptSeconds += durationNanos / 1e9;
        }
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        longest = Math.max(longest, request.inputTokens());
    }

    @Override
    public void ended(RequestOutcome outcome) {
        if (outcome instanceof RequestOutcome.Completed done) {
            generatedTokens += done.request().outputTokens();
            generationSeconds += ServedTimes.of(done).decode();
            longest = Math.max(
                    longest, done.request().inputTokens() + done.request().outputTokens());
        }
    }

    @Override
    public String render(EngineSimulator engine) {
        long prompted = engine.counters().promptTokens();
        long steps = engine.counters().steps();
        return ExpositionText.of(
                NumberStyle.SIX_DIGITS,
                List.of(
                        counter("prompt_tokens_total", "Number of prompt tokens processed.", (double) prompted),
                        counter("prompt_seconds_total", "Prompt process time", promptSeconds),
                        counter("tokens_predicted_total", "Number of generation tokens processed.", (double)
                                generatedTokens),
                        counter("tokens_predicted_seconds_total", "Predict process time", generationSeconds),
                        counter("n_decode_total", "Total number of llama_decode() calls", (double) steps),
                        counter("n_tokens_max", "Largest observed n_tokens.", longest),
                        gauge(
                                "n_busy_slots_per_decode",
                                "Average number of busy slots per llama_decode() call",
                                (double) busySlots / Math.max(1, steps)),
                        gauge(
                                "prompt_tokens_seconds",
                                "Average prompt throughput in tokens/s.",
                                rate(prompted, promptSeconds)),
                        gauge(
                                "predicted_tokens_seconds",
                                "Average generation throughput in tokens/s.",
                                rate(generatedTokens, generationSeconds)),
                        gauge("requests_processing", "Number of requests processing.", engine.running()),
                        gauge("requests_deferred", "Number of requests deferred.", engine.waiting())));
    }

    private static double rate(long tokens, double seconds) {
        return seconds > 0 ? tokens / seconds : 0;
    }

    private static MetricFamily counter(String name, String help, double value) {
        return MetricFamily.counter("llamacpp:" + name, help, "", value);
    }

    private static MetricFamily gauge(String name, String help, double value) {
        return MetricFamily.gauge("llamacpp:" + name, help, "", value);
    }
}
