package dev.gearshift.sandbox.engine;

/**
 * What an engine nobody knows calls its metrics. Counters and histograms run from its start.
 *
 * @param running gauge: requests being computed
 * @param waiting gauge: requests queued
 * @param kvUsage gauge: share of the KV cache in use
 * @param completed counter: requests served to their end
 * @param aborted counter: requests cut off
 * @param promptTokens counter: prompt tokens computed
 * @param generationTokens counter: tokens generated
 * @param timeToFirstToken histogram in seconds
 * @param timePerOutputToken histogram in seconds, one observation a request
 * @param endToEnd histogram in seconds
 */
public record CustomNames(
        String running,
        String waiting,
        String kvUsage,
        String completed,
        String aborted,
        String promptTokens,
        String generationTokens,
        String timeToFirstToken,
        String timePerOutputToken,
        String endToEnd) {

    /** Plain names behind a prefix. */
    public static CustomNames withPrefix(String prefix) {
        return new CustomNames(
                prefix + "running",
                prefix + "queued",
                prefix + "kv_used_ratio",
                prefix + "requests_done_total",
                prefix + "requests_cut_off_total",
                prefix + "prompt_tokens_total",
                prefix + "output_tokens_total",
                prefix + "first_token_seconds",
                prefix + "per_output_token_seconds",
                prefix + "request_seconds");
    }
}
