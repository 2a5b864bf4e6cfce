package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.sandbox.cluster.Disturbances;
import dev.gearshift.simulate.ChatWorkload;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What happens in the demo. A trace is played without disturbances.
 *
 * @param curve how traffic goes
 * @param interruption when a spot node is taken back, as a share of the duration; nothing is where no tier is a spot tier
 * @param stockOut when the cheapest spot tier is out of stock, or the cheapest of all where no tier is one
 */
record DemoScenario(ChatWorkload.Curve curve, double interruption, Optional<StockOut> stockOut) {

    /** From when to when a tier is out of stock, as shares of the duration. */
    record StockOut(double from, double to) {}

    /** On the plateau, a spot node is taken back at 30 seconds' notice; before the burst, the same tier runs out until after it. */
    static final DemoScenario DAY =
            new DemoScenario(ChatWorkload.Curve.DAY, 0.42, Optional.of(new StockOut(0.50, 0.66)));

    /** On the plateau, a spot node is taken back. Nothing runs out: a tier that did is not asked again for longer than this lasts. */
    static final DemoScenario MORNING = new DemoScenario(ChatWorkload.Curve.MORNING, 0.31, Optional.empty());

    /**
     * Enters what goes wrong.
     *
     * @param begin when traffic begins, since the start of the world
     * @param duration how long traffic lasts
     */
    void enter(Disturbances disturbances, List<ModelSpec> models, Duration begin, Duration duration) {
        List<Tier> tiers = models.stream()
                .flatMap(model -> model.tiers().stream())
                .map(TierOption::tier)
                .distinct()
                .sorted(Comparator.comparing(Tier::price).thenComparing(Tier::name))
                .toList();
        Optional<Tier> spot = tiers.stream()
                .filter(tier -> tier.capacityType() == CapacityType.SPOT)
                .findFirst();
        spot.ifPresent(tier -> disturbances.spotInterruption(
                begin.plus(part(duration, interruption)), tier.name().value()));
        Optional<Tier> scarce = spot.or(() -> tiers.stream().findFirst());
        stockOut.ifPresent(when -> scarce.ifPresent(tier -> disturbances.stockOut(
                begin.plus(part(duration, when.from())),
                begin.plus(part(duration, when.to())),
                tier.name().value())));
    }

    private static Duration part(Duration duration, double share) {
        return Duration.ofSeconds(Math.round(duration.toSeconds() * share));
    }
}
