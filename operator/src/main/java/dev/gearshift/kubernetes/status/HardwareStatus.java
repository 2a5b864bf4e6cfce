package dev.gearshift.kubernetes.status;

import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.loop.Quote;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a HardwareTier. Its figures change at most when prices are asked for, and are
 * rounded to what is shown: it is worth writing whenever it differs. */
public final class HardwareStatus {

    private static final int PROBLEMS = 1024;
    private static final int ORIGIN = 256;

    private HardwareStatus() {}

    /**
     * What a status is made from.
     *
     * @param resource the declaration
     * @param mapped what it means
     * @param inUse accelerators taken by replicas that run on nodes
     * @param requested accelerators asked for, those in use included
     * @param stockOutUntil until when the tier is not asked for more; past times count for nothing
     * @param quote what it costs and draws; empty before the first plan
     */
    public record Facts(
            HardwareTier resource,
            MappedTier mapped,
            int inUse,
            int requested,
            Optional<Instant> stockOutUntil,
            Optional<Quote> quote) {}

    /**
     * The status to write.
     *
     * @param facts what it is made from
     * @param before the status written last; times of transitions are kept from it, and prices until there is a plan
     * @param now the present
     */
    public static HardwareTierStatus of(Facts facts, @Nullable HardwareTierStatus before, Instant now) {
        Long generation = facts.resource().getMetadata().getGeneration();
        Optional<Instant> until = facts.stockOutUntil().filter(end -> end.isAfter(now));
        Conditions conditions = new Conditions(before == null ? null : before.conditions(), now);
        conditions.add(ConditionType.READY, ready(facts.mapped()), generation);
        conditions.add(ConditionType.CAPACITY_AVAILABLE, CapacityFinding.of(until), generation);
        String time = until.map(Figures::time).orElse(null);
        if (facts.mapped() instanceof MappedTier.Usable usable) {
            if (facts.quote().isPresent()) {
                Quote quote = facts.quote().get();
                PriceFinding.of(quote.price(), usable.tier().price())
                        .ifPresent(finding -> conditions.add(ConditionType.PRICE_AGREES, finding, generation));
                return new HardwareTierStatus(
                        generation,
                        facts.inUse(),
                        facts.requested(),
                        time,
                        Figures.dollars(quote.price().perAccelerator()),
                        BoundedText.cut(quote.price().origin(), ORIGIN),
                        quote.power().map(Figures::watts).orElse(null),
                        conditions.all());
            } else if (before != null) {
                conditions.keep(ConditionType.PRICE_AGREES);
                return new HardwareTierStatus(
                        generation,
                        facts.inUse(),
                        facts.requested(),
                        time,
                        before.observedPrice(),
                        before.priceSource(),
                        before.observedWatts(),
                        conditions.all());
            }
        }
        return new HardwareTierStatus(
                generation, facts.inUse(), facts.requested(), time, null, null, null, conditions.all());
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
