package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the demo shows at one moment.
 *
 * @param clock the virtual time
 * @param elapsed how much of the demo has passed
 * @param duration how long the demo is
 * @param models one entry a model deployment
 * @param rate what nodes cost now
 * @param spent what nodes have cost so far
 * @param prometheus what Prometheus was asked so far; empty where there is none
 */
public record DemoFrame(
        Instant clock,
        Duration elapsed,
        Duration duration,
        List<ModelFrame> models,
        HourlyCost rate,
        Money spent,
        Optional<PrometheusUse> prometheus) {

    /**
     * One model at one moment.
     *
     * @param name its namespace and name
     * @param demand requests that arrived lately, per second
     * @param decision the newest decision; empty before the first one
     * @param latency how each target fared so far, by the engines' own account
     * @param arrived requests that arrived so far
     * @param failed requests that failed so far
     */
    public record ModelFrame(
            String name,
            RequestRate demand,
            Optional<Decision> decision,
            List<Fared> latency,
            long arrived,
            long failed) {

        public ModelFrame {
            latency = List.copyOf(latency);
        }
    }

    /**
     * How a target fared.
     *
     * @param target the target
     * @param attainment the share of the requests ended so far that met it
     */
    public record Fared(LatencyTarget target, Share attainment) {}

    public DemoFrame {
        models = List.copyOf(models);
    }
}
