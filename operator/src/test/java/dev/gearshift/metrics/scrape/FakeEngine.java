package dev.gearshift.metrics.scrape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a page as vLLM does, from counters a test sets. */
final class FakeEngine {

    private static final double[] TPOT = {.025, .05, .1};

    double running;
    double waiting;
    double completed;
    double aborted;
    double failed;
    double promptTokens;
    double generationTokens;
    final double[] tpot = new double[TPOT.length + 1];
    double tpotSum;

    /** A request comes and goes: it had so many tokens and took so long for each. */
    void complete(int requests, double secondsPerToken) {
        completed += requests;
        promptTokens += 100 * requests;
        generationTokens += 50 * requests;
        int bucket = 0;
        while (bucket < TPOT.length && secondsPerToken > TPOT[bucket]) {
            bucket++;
        }
        tpot[bucket] += requests;
        tpotSum += requests * secondsPerToken;
    }

    String page() {
        List<String> lines = new ArrayList<>();
        lines.add("# HELP vllm:num_requests_running Number of requests in model execution batches.");
        lines.add("# TYPE vllm:num_requests_running gauge");
        String labels = "engine=\"0\",model_name=\"m\"";
        lines.add(line("vllm:num_requests_running", labels, running));
        lines.add(line("vllm:num_requests_waiting", labels, waiting));
        lines.add(line("vllm:request_success_total", labels + ",finished_reason=\"stop\"", completed));
        lines.add(line("vllm:request_success_total", labels + ",finished_reason=\"abort\"", aborted));
        lines.add(line("vllm:request_success_total", labels + ",finished_reason=\"error\"", failed));
        lines.add(line("vllm:prompt_tokens_total", labels, promptTokens));
        lines.add(line("vllm:generation_tokens_total", labels, generationTokens));
        lines.add(line("vllm:kv_cache_usage_perc", labels, .25));
        lines.add("vllm:cache_config_info{block_size=\"16\",engine=\"0\",num_gpu_blocks=\"1000\"} 1.0");
        String family = "vllm:request_time_per_output_token_seconds";
        double cumulative = 0;
        for (int i = 0; i < tpot.length; i++) {
            cumulative += tpot[i];
            String bound = i < TPOT.length ? String.valueOf(TPOT[i]) : "+Inf";
            lines.add(line(family + "_bucket", labels + ",le=\"" + bound + "\"", cumulative));
        }
        lines.add(line(family + "_count", labels, cumulative));
        lines.add(line(family + "_sum", labels, tpotSum));
        return String.join("\n", lines) + "\n";
    }

    static String line(String name, String labels, double value) {
        return String.format(Locale.ROOT, "%s{%s} %s", name, labels, value);
    }
}
