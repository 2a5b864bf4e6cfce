package dev.gearshift.core.predict;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import java.util.Optional;

/** stub. */
public final class ReplicaPrior {

    private ReplicaPrior() {}

    /**
     * How fast a replica of this option should be.
     *
     * @param option the tier and the model as it runs there
     * @param observedKvCapacity the KV cache of one replica as its engine tells it; stands instead of the estimate
     */
    public static StepModel of(TierOption option, Optional<Tokens> observedKvCapacity) {
        return new StepModel(
                option.measured().orElseGet(() -> coefficients(option)),
                observedKvCapacity.orElseGet(() -> kvCapacity(option)),
                option.limits());
    }

    private static StepCoefficients coefficients(TierOption option) {
        ModelProfile model = option.profile();
        Accelerator accelerator = option.tier().accelerator();
        int count = option.acceleratorsPerReplica();
        double bandwidth = 0.8 * count * accelerator.datasheet().bytesPerSecond();
        double flops = 0.65 * count * accelerator.datasheet().flops(model.precision());
        return new StepCoefficients(
                new Seconds(model.weights().count() / bandwidth + 0.003),
                new Seconds(0.0001),
                new Seconds(model.kvBytesPerToken().count() / bandwidth),
                new Seconds(2 * model.activeParameters() * 1e9 / flops));
    }

    private static Tokens kvCapacity(TierOption option) {
        double memory = 0.9
                * option.acceleratorsPerReplica()
                * option.tier().accelerator().memory().count();
        double free = memory - option.profile().weights().count();
        return new Tokens(Math.max(0, free / option.profile().kvBytesPerToken().count()));
    }
}
