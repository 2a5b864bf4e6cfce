package dev.gearshift.core.predict;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import java.util.Optional;
import java.util.OptionalInt;

/** Accelerators, models and targets the tests speak of. */
final class Examples {

    static final EngineLimits LIMITS = new EngineLimits(256, 2048);

    private Examples() {}

    static TierOption l4(Precision precision) {
        return option(new Datasheet(300, 121), 24, precision, 1);
    }

    static TierOption a100(Precision precision) {
        return option(new Datasheet(2039, 312), 80, precision, 1);
    }

    static TierOption h100(Precision precision, int count) {
        return option(new Datasheet(3350, 989), 80, precision, count);
    }

    static TierOption option(Datasheet datasheet, double gibibytes, Precision precision, int count) {
        Tier tier = new Tier(
                new TierName("tier"),
                new Accelerator("nvidia.com/gpu", "some", Bytes.ofGibibytes(gibibytes), datasheet),
                8,
                CapacityType.ON_DEMAND,
                HourlyCost.ofDollars("1"),
                OptionalInt.empty(),
                Optional.empty());
        return new TierOption(
                tier,
                count,
                new ModelProfile("llama-8b", 8.03, 8.03, precision, new Bytes(131_072)),
                LIMITS,
                Optional.empty());
    }

    static StepModel model(TierOption option) {
        return ReplicaPrior.of(option, Optional.empty());
    }

    static LatencyTarget ttft(double seconds, double percentile) {
        return target(LatencyObjective.TIME_TO_FIRST_TOKEN, seconds, percentile);
    }

    static LatencyTarget tpot(double seconds, double percentile) {
        return target(LatencyObjective.TIME_PER_OUTPUT_TOKEN, seconds, percentile);
    }

    static LatencyTarget endToEnd(double seconds, double percentile) {
        return target(LatencyObjective.END_TO_END, seconds, percentile);
    }

    private static LatencyTarget target(LatencyObjective objective, double seconds, double percentile) {
        return new LatencyTarget(objective, new Seconds(seconds), new Percentile(percentile));
    }
}
