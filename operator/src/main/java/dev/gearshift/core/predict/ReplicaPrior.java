package dev.gearshift.core.predict;

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
        throw new UnsupportedOperationException(option + " " + observedKvCapacity);
    }
}
