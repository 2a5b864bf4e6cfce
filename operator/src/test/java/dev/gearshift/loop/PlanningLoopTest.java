package dev.gearshift.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PlanningLoopTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> told = new ArrayList<>();

    @Test
    void pricesAreAskedOnceForAllTiersWithTheTimeAndToldBeforeThePlan() {
        PriceBook book = (tiers, now) -> {
            told.add("asked " + tiers.size() + " at " + now);
            TreeMap<TierName, Quote> quotes = new TreeMap<>();
            quotes.put(
                    new TierName("l4"),
                    new Quote(
                            new Price(HourlyCost.ofDollars("0.41"), PriceSource.OPENCOST, "OpenCost", Optional.empty()),
                            Optional.empty()));
            return quotes;
        };

        loop(book).plan(NOW);

        assertThat(told)
                .containsExactly(
                        "asked 2 at 2026-03-01T12:00:00Z",
                        "h100 costs 0.80 by declared",
                        "l4 costs 0.41 by OpenCost",
                        "planned");
    }

    private PlanningLoop loop(PriceBook book) {
        ClusterView view = () -> new ClusterView.Fleet(List.of(facts("l4"), facts("h100")), List.of(), new TreeMap<>());
        return new PlanningLoop(
                view, (targets, now) -> Collections.emptySortedMap(), book, MemoryStore.NONE, List.of(new PlanSink() {
                    @Override
                    public void quoted(List<QuotedTier> tiers) {
                        tiers.forEach(tier -> told.add("%s costs %.2f by %s"
                                .formatted(
                                        tier.priced().name(),
                                        tier.priced().price().perHour().dollars(),
                                        tier.quote().price().origin())));
                    }

                    @Override
                    public void publish(Outcome outcome, Instant now) {
                        told.add("planned");
                    }
                }));
    }

    private static TierFacts facts(String name) {
        Tier tier = new Tier(
                new TierName(name),
                new Accelerator("nvidia.com/gpu", "NVIDIA-L4", Bytes.ofGibibytes(24), new Datasheet(300, 121)),
                1,
                CapacityType.ON_DEMAND,
                HourlyCost.ofDollars("0.80"),
                OptionalInt.empty(),
                Optional.empty());
        return new TierFacts(tier, TierFacts.Declaration.NONE, List.of());
    }
}
