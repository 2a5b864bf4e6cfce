package dev.gearshift.core.plan;

import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.predict.ReplicaCapacity;
import dev.gearshift.core.predict.ReplicaPrior;
import dev.gearshift.core.predict.StepModel;
import dev.gearshift.core.predict.TokenMix;
import java.util.Comparator;
import java.util.Optional;

/**
 * Puts remembered load into requests as they are now. A request a second is not the same work after the mix of lengths has changed:
 * four short requests a second held for a while would otherwise be provided for as four long ones. What stays the same is the
 * number of replicas the load took, so a remembered rate is multiplied by c(now) ÷ c(then), the capacities of one replica for both
 * mixes on the tier most in use.
 */
final class MixChange {

    /** One mix is at most so many times as heavy as another; beyond that a capacity is hardly more than zero. */
    private static final double MOST = 20;

    private MixChange() {}

    /** What is remembered of a model, in requests of its present mix. */
    static ModelMemory inPresentRequests(ModelState model, ModelMemory memory) {
        Optional<TokenMix> then = memory.mix();
        Optional<TokenMix> now = Requirement.mix(model.observation());
        Optional<TierOption> reference = reference(model);
        if (then.isEmpty() || now.isEmpty() || then.equals(now) || reference.isEmpty()) {
            return memory;
        }
        StepModel step = ReplicaPrior.of(
                reference.get(), Offers.kvCapacity(model, reference.get().name()));
        double before = capacity(model, step, then.get());
        double after = capacity(model, step, now.get());
        return before > 0 && after > 0
                ? memory.inRequestsOf(Math.max(1 / MOST, Math.min(MOST, after / before)))
                : memory;
    }

    private static Optional<TierOption> reference(ModelState model) {
        return model.spec().tiers().stream()
                .max(Comparator.comparingInt(
                                (TierOption option) -> model.on(option.name()).size())
                        .thenComparing(TierOption::name));
    }

    private static double capacity(ModelState model, StepModel step, TokenMix mix) {
        Capacity capacity =
                ReplicaCapacity.within(step, mix, model.spec().objectives().latency());
        return capacity.isFeasible() ? capacity.rate().perSecond() : 0;
    }
}
