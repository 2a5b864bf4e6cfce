package dev.gearshift.core.story;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A tier of a story: what it costs, how fast it is, and how its nodes and engines behave today. */
final class StoryTier {

    /** What the node autoscaler does for a replica that finds no node. */
    enum Stock {
        /** Orders a node, which comes. */
        AVAILABLE,
        /** Says that it cannot help. */
        REFUSED,
        /** Says nothing. */
        SILENT,
        /** Orders a node, which does not come. */
        OVERDUE
    }

    /** What the engine does once its pod has a node. */
    enum Engine {
        /** Starts. */
        RUNS,
        /** Dies a little later, again and again. */
        CRASHES,
        /** Is never pulled. */
        IMAGE_MISSING,
        /** Is never made, since a Secret it names is missing. */
        SECRET_MISSING,
        /** Is never made, for a reason of the node's. */
        CANNOT_BE_MADE
    }

    private final TierName name;
    private final String price;
    private final double speed;
    private int perNode = 1;
    private OptionalInt limit = OptionalInt.empty();
    Stock stock = Stock.AVAILABLE;
    Engine engine = Engine.RUNS;
    Duration provisioning = Duration.ofSeconds(100);
    Duration startUp = Duration.ofSeconds(60);

    /**
     * A tier.
     *
     * @param speed how many times as fast as the slowest kind of accelerator
     */
    StoryTier(String name, String price, double speed) {
        this.name = new TierName(name);
        this.price = price;
        this.speed = speed;
    }

    StoryTier perNode(int accelerators) {
        perNode = accelerators;
        return this;
    }

    StoryTier limit(int accelerators) {
        limit = OptionalInt.of(accelerators);
        return this;
    }

    StoryTier starting(Duration nodeTakes, Duration engineTakes) {
        provisioning = nodeTakes;
        startUp = engineTakes;
        return this;
    }

    TierName name() {
        return name;
    }

    int perNode() {
        return perNode;
    }

    Tier tier() {
        return new Tier(
                name,
                new Accelerator(
                        "nvidia.com/gpu",
                        "NVIDIA-" + name.value(),
                        Bytes.ofGibibytes(24),
                        new Datasheet(300 * speed, 120 * speed)),
                perNode,
                CapacityType.ON_DEMAND,
                HourlyCost.ofDollars(price),
                limit,
                Optional.empty());
    }

    TierOption option() {
        return new TierOption(
                tier(),
                1,
                new ModelProfile("llama", 8, 8, Precision.FP8, new Bytes(65536)),
                new EngineLimits(64, 8192),
                Optional.of(new StepCoefficients(
                        Seconds.ofMillis(40 / speed),
                        Seconds.ofMillis(0.1 / speed),
                        new Seconds(3e-7 / speed),
                        Seconds.ofMillis(0.2 / speed))));
    }

    Tokens kvCapacity() {
        return new Tokens(400_000);
    }
}
