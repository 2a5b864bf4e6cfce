package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.sandbox.cluster.Disturbances;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong in the demo: on the plateau, a spot node is taken back at 30 seconds' notice; before the burst, the same tier runs out of
 * stock until after it. Where no tier is bought on the spot market the cheapest tier runs out, and nothing is taken back. A
 * trace is played without disturbances.
 */
final class DemoScenario {

    private static final double INTERRUPTION = 0.42;
    private static final double STOCK_OUT = 0.50;
    private static final double STOCK_BACK = 0.66;

    private DemoScenario() {}

    /**
     * Enters what goes wrong.
     *
     * @param begin when traffic begins, since the start of the world
     * @param duration how long traffic lasts
     */
    static void enter(Disturbances disturbances, List<ModelSpec> models, Duration begin, Duration duration) {
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
                begin.plus(part(duration, INTERRUPTION)), tier.name().value()));
        spot.or(() -> tiers.stream().findFirst())
                .ifPresent(tier -> disturbances.stockOut(
                        begin.plus(part(duration, STOCK_OUT)),
                        begin.plus(part(duration, STOCK_BACK)),
                        tier.name().value()));
    }

    private static Duration part(Duration duration, double share) {
        return Duration.ofSeconds(Math.round(duration.toSeconds() * share));
    }
}
