package dev.gearshift.core.predict;

import dev.gearshift.core.model.BindingLimit;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import java.util.List;
import java.util.Optional;

/** stub. */
public final class ReplicaCapacity {

    /** Work beyond this share leaves no room for any fluctuation, whatever the targets say. */
    private static final double HIGHEST_UTILISATION = 0.95;

    /** The KV cache holds the mean and so many standard deviations of what is resident. */
    private static final double KV_DEVIATIONS = 3.5;

    /** The batch holds the mean and so many standard deviations of what decodes. */
    private static final double BATCH_DEVIATIONS = 3;

    private static final int STEPS = 24;

    private ReplicaCapacity() {}

    /**
     * The highest rate one replica sustains inside every target, and what bounds it. Without targets it is what the replica can
     * sustain at all.
     */
    public static Capacity within(StepModel model, TokenMix mix, List<LatencyTarget> targets) {
        StepRates rates = new StepRates(model, mix);
        Optional<BindingLimit> atRest = violated(rates, targets, 0);
        if (atRest.isPresent()) {
            return new Capacity(RequestRate.ZERO, atRest.get(), infeasible(rates, targets));
        }
        double low = 0;
        double high = HIGHEST_UTILISATION / rates.work();
        BindingLimit binding = BindingLimit.BATCH;
        for (int i = 0; i < STEPS; i++) {
            double middle = i == 0 ? high : (low + high) / 2;
            Optional<BindingLimit> violated = violated(rates, targets, middle);
            if (violated.isPresent()) {
                high = middle;
                binding = violated.get();
            } else {
                low = middle;
            }
        }
        return new Capacity(new RequestRate(low), binding, Optional.empty());
    }

    /** The share of requests that meet a target when a replica gets this rate in Poisson arrivals. */
    public static Share attainment(StepModel model, TokenMix mix, LatencyTarget target, RequestRate rate) {
        StepRates rates = new StepRates(model, mix);
        return rate.perSecond() * rates.work() >= 1
                ? Share.NONE
                : new Share(1 - Math.min(1, missed(rates, target, rate.perSecond())));
    }

    private static double missed(StepRates rates, LatencyTarget target, double rate) {
        return LatencyTails.above(
                rates,
                ReplicaLoad.at(rates, rate),
                target.objective(),
                target.target().value());
    }

    private static Optional<BindingLimit> violated(StepRates rates, List<LatencyTarget> targets, double rate) {
        ReplicaLoad load = ReplicaLoad.at(rates, rate);
        for (LatencyTarget target : targets) {
            double missed = LatencyTails.above(
                    rates, load, target.objective(), target.target().value());
            if (missed > 1 - target.percentile().share().value()) {
                return Optional.of(limit(target));
            }
        }
        if (rates.meanResident > rates.kvCapacity
                || load.resident + KV_DEVIATIONS * load.residentDeviation > rates.kvCapacity) {
            return Optional.of(BindingLimit.KV_CACHE);
        }
        if (load.decoding + BATCH_DEVIATIONS * load.decodingDeviation > rates.maxSequences) {
            return Optional.of(BindingLimit.BATCH);
        }
        return Optional.empty();
    }

    private static Optional<Capacity.Infeasible> infeasible(StepRates rates, List<LatencyTarget> targets) {
        return targets.stream()
                .filter(target -> missed(rates, target, 0)
                        > 1 - target.percentile().share().value())
                .findFirst()
                .map(target -> new Capacity.Infeasible(target, best(rates, target)));
    }

    /** The smallest time that the target's percentile of requests stays within at no load. */
    private static Seconds best(StepRates rates, LatencyTarget target) {
        ReplicaLoad rest = ReplicaLoad.at(rates, 0);
        double allowed = 1 - target.percentile().share().value();
        double low = target.target().value();
        double high = low;
        do {
            high *= 2;
        } while (LatencyTails.above(rates, rest, target.objective(), high) > allowed);
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (LatencyTails.above(rates, rest, target.objective(), middle) > allowed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Seconds(high);
    }

    private static BindingLimit limit(LatencyTarget target) {
        return switch (target.objective()) {
            case TIME_TO_FIRST_TOKEN -> BindingLimit.TIME_TO_FIRST_TOKEN;
            case TIME_PER_OUTPUT_TOKEN -> BindingLimit.TIME_PER_OUTPUT_TOKEN;
            case END_TO_END -> BindingLimit.END_TO_END;
        };
    }
}
