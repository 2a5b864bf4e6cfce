package dev.gearshift.kubernetes.status;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.mapping.MappedTier;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a HardwareTier. It holds no figure that changes by itself: it is worth writing whenever it differs. */
public final class HardwareStatus {

    private static final int PROBLEMS = 1024;

    private HardwareStatus() {}

    /**
     * The status to write.
     *
     * @param resource the declaration
     * @param mapped what it means
     * @param inUse accelerators taken by replicas that run on nodes
     * @param requested accelerators asked for, those in use included
     * @param stockOutUntil until when the tier is not asked for more; past times count for nothing
     * @param before the status written last; times of transitions are kept from it
     * @param now the present
     */
    public static HardwareTierStatus of(
            HardwareTier resource,
            MappedTier mapped,
            int inUse,
            int requested,
            Optional<Instant> stockOutUntil,
            @Nullable HardwareTierStatus before,
            Instant now) {
        Long generation = resource.getMetadata().getGeneration();
        Optional<Instant> until = stockOutUntil.filter(end -> end.isAfter(now));
        Conditions conditions = new Conditions(before == null ? null : before.conditions(), now);
        conditions.add(ConditionType.READY, ready(mapped), generation);
        conditions.add(ConditionType.CAPACITY_AVAILABLE, CapacityFinding.of(until), generation);
        return new HardwareTierStatus(
                generation, inUse, requested, until.map(Figures::time).orElse(null), conditions.all());
    }

    private static Finding ready(MappedTier mapped) {
        String problems = BoundedText.problems(mapped.problems(), PROBLEMS);
        if (mapped instanceof MappedTier.Refused) {
            return Finding.fails("InvalidSpec", problems);
        }
        return Finding.holds(
                "Ready", problems.isEmpty() ? "models may use it" : "models may use it; note: " + problems);
    }
}
