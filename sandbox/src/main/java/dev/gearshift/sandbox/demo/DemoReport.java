package dev.gearshift.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a demo; the JSON that {@code --json} writes. In virtual time nothing in it depends on the machine or the
 * wall clock, so equal options give equal bytes.
 *
 * @param seed the seed of everything random
 * @param simulatedSeconds how long the traffic was, in virtual time
 * @param requests requests that arrived
 * @param failedRequests requests that failed
 * @param failedByCause failed requests by cause
 * @param unfinished requests that had arrived and not ended when the demo did
 * @param attainment the share of arrived requests that met each target; failed and unfinished ones did not
 * @param costUsd what nodes cost, each from the moment it was asked for
 * @param staticPeakCostUsd what the static peak would have cost; absent when no constant count reaches the targets
 * @param staticPeak the least constant count of one permitted on-demand tier that reaches the targets on the same requests
 * @param meanReplicas ready replicas, averaged over time
 * @param scaleUps decisions that raised the number of replicas aimed at
 * @param scaleDowns decisions that lowered it
 * @param shifts decisions that changed which tiers are used
 * @param prometheus what Prometheus was asked; absent where there was none
 * @param decisions the decisions that changed something
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "seed",
    "simulatedSeconds",
    "requests",
    "failedRequests",
    "failedByCause",
    "unfinished",
    "attainment",
    "costUsd",
    "staticPeakCostUsd",
    "staticPeak",
    "meanReplicas",
    "scaleUps",
    "scaleDowns",
    "shifts",
    "prometheus",
    "decisions"
})
public record DemoReport(
        long seed,
        long simulatedSeconds,
        long requests,
        long failedRequests,
        SortedMap<String, Long> failedByCause,
        long unfinished,
        Attained attainment,
        BigDecimal costUsd,
        @Nullable BigDecimal staticPeakCostUsd,
        @Nullable Peak staticPeak,
        BigDecimal meanReplicas,
        int scaleUps,
        int scaleDowns,
        int shifts,
        @Nullable PrometheusUse prometheus,
        List<Entry> decisions) {

    /**
     * Attainment per kind of target, from 0 to 1; absent when there is no such target.
     *
     * @param timeToFirstToken of TTFT
     * @param timePerOutputToken of TPOT
     * @param endToEnd of end-to-end latency
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attained(
            @Nullable Double timeToFirstToken,
            @Nullable Double timePerOutputToken,
            @Nullable Double endToEnd) {}

    /**
     * A static fleet.
     *
     * @param tier its tier
     * @param replicas its replicas
     */
    public record Peak(String tier, int replicas) {}

    /**
     * A decision.
     *
     * @param time when, in virtual time
     * @param model which model deployment
     * @param reason why, as a word
     * @param message why, as a sentence
     * @param gear what should run then
     * @param target where that leads
     * @param perHour the bill of the gear, in US dollars an hour
     */
    public record Entry(
            String time, String model, String reason, String message, String gear, String target, BigDecimal perHour) {}
}
