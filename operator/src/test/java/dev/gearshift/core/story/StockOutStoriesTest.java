package dev.gearshift.core.story;

import static dev.gearshift.core.story.DemandStoriesTest.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tiers have nothing more to give, and have again. */
final class StockOutStoriesTest {

    private static final TierName SPOT = new TierName("l4-spot");

    private static Story spotAndFast() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1), new StoryTier("h100", "4.00", 4));
        story.chat().demand = steps(0, 2.5);
        return story;
    }

    private static Story spotRunsOut(StoryTier.Stock how) {
        Story story = spotAndFast();
        story.at(40, () -> {
            story.tier("l4-spot").stock = how;
            story.lose(story.anyServing("l4-spot"));
        });
        return story;
    }

    private static Optional<Instant> benchedUntil(Decision decision, TierName tier) {
        return decision.tiers().stream()
                .filter(status -> status.tier().equals(tier))
                .findFirst()
                .flatMap(TierStatus::stockOutUntil);
    }

    @Test
    void aRefusalBenchesTheTierAndTheDeficitGoesToTheNextBest() {
        Story story = spotRunsOut(StoryTier.Stock.REFUSED).until(46);
        assertThat(story.minuteOf(ReasonKind.STOCK_OUT, 0)).as(story::log).isBetween(40.0, 41.0);
        assertThat(story.serving().on(new TierName("h100"))).as(story::log).isEqualTo(1);
    }

    @Test
    void silenceBenchesTheTierAfterNinetySeconds() {
        Story story = spotRunsOut(StoryTier.Stock.SILENT).until(48);
        assertThat(story.minuteOf(ReasonKind.STOCK_OUT, 0)).as(story::log).isBetween(41.5, 42.0);
        assertThat(story.serving().on(new TierName("h100"))).as(story::log).isEqualTo(1);
    }

    @Test
    void anOrderThatDoesNotArriveBenchesTheTierAndTheDeficitMoves() {
        Story story = spotRunsOut(StoryTier.Stock.OVERDUE).until(65);
        assertThat(story.minuteOf(ReasonKind.STOCK_OUT, 0)).as(story::log).isBetween(55.0, 55.5);
        assertThat(story.serving().on(new TierName("h100"))).as(story::log).isPositive();
    }

    @Test
    void failedSchedulingAloneIsThePreludeToEveryOrder() {
        Story story = spotAndFast();
        story.tier("l4-spot").stock = StoryTier.Stock.SILENT;
        story.at(1.25, () -> story.tier("l4-spot").stock = StoryTier.Stock.AVAILABLE);
        story.until(30);
        assertThat(story.count(ReasonKind.STOCK_OUT)).as(story::log).isZero();
    }

    @Test
    void aReplicaThatHasANodeAndStartsSlowlyIsNoStockOut() {
        Story story = spotAndFast();
        story.tier("l4-spot").startUp = Duration.ofMinutes(40);
        story.until(39);
        assertThat(story.count(ReasonKind.STOCK_OUT)).as(story::log).isZero();
        assertThat(story.gears(0)).as(story::log).containsExactly("l4-spot×1");
    }

    @Test
    void theBackOffDoublesToHalfAnHourAndTheTierIsAskedForOneReplicaInBetween() {
        Story story = spotRunsOut(StoryTier.Stock.REFUSED).until(240);
        List<Double> benches = story.decisions(40).stream()
                .filter(decision -> benchedUntil(decision, SPOT).isPresent())
                .map(decision -> Story.minute(benchedUntil(decision, SPOT).orElseThrow()))
                .distinct()
                .toList();
        assertThat(benches.size()).as(benches + story.log()).isGreaterThanOrEqualTo(4);
        assertThat(benches.get(1) - benches.get(0)).as(benches + story.log()).isBetween(10.0, 20.0);
        assertThat(benches.get(benches.size() - 1) - benches.get(benches.size() - 2))
                .as(benches + story.log())
                .isBetween(30.0, 40.0);
        assertThat(story.count(ReasonKind.STOCK_OUT_PROBE)).as(story::log).isGreaterThanOrEqualTo(3);
    }

    @Test
    void theCheaperTierIsReturnedToWhenItHasSomethingAgain() {
        Story story = spotRunsOut(StoryTier.Stock.REFUSED);
        story.at(60, () -> story.tier("l4-spot").stock = StoryTier.Stock.AVAILABLE);
        story.until(130);
        assertThat(story.serving()).as(story::log).hasToString("l4-spot×3");
        assertThat(story.chat().violations).as(story::log).isEmpty();
    }

    @Test
    void aTierOfTheSameSpeedFillsInAndIsGivenBack() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1), new StoryTier("l4", "0.80", 1));
        story.chat().demand = steps(0, 2.5);
        story.at(40, () -> {
            story.tier("l4-spot").stock = StoryTier.Stock.REFUSED;
            story.lose(story.anyServing("l4-spot"));
        });
        story.at(60, () -> story.tier("l4-spot").stock = StoryTier.Stock.AVAILABLE);
        story.until(50);
        assertThat(story.serving()).as(story::log).hasToString("l4×1 + l4-spot×2");
        story.until(130);
        assertThat(story.serving()).as(story::log).hasToString("l4-spot×3");
    }

    @Test
    void aQuotaBenchesOnlyItsNamespace() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1), new StoryTier("h100", "4.00", 4));
        StoryModel other = new StoryModel("search", "embed", List.copyOf(story.tiers.values()));
        story.models.add(other);
        story.chat().demand = steps(0, 0.5, 40, 3.5);
        other.demand = time -> 0.1;
        story.at(40, () -> story.chat().quota = 2);
        story.until(44);
        assertThat(story.count(ReasonKind.QUOTA_REACHED)).as(story::log).isGreaterThanOrEqualTo(1);
        assertThat(benchedUntil(story.decision(), SPOT)).as(story::log).isPresent();
        assertThat(benchedUntil(story.last().decision(other.key), SPOT)).isEmpty();
    }

    @Test
    void aQuotaThatWasRaisedIsForgotten() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1));
        story.chat().demand = steps(0, 0.5, 40, 3.5);
        story.at(40, () -> story.chat().quota = 2);
        story.at(50, () -> story.chat().quota = 100);
        story.until(100);
        assertThat(story.serving()).as(story::log).hasToString("l4-spot×4");
        assertThat(story.last()
                        .outcome()
                        .memory()
                        .stockOuts()
                        .byQuota()
                        .getOrDefault("assistants", new java.util.TreeMap<>()))
                .as(story::log)
                .isEmpty();
    }

    @Test
    void whenEveryTierIsOutOfStockSomethingStaysAskedFor() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1), new StoryTier("l4", "0.80", 1));
        story.chat().demand = steps(0, 2.5);
        story.tiers.values().forEach(tier -> tier.stock = StoryTier.Stock.REFUSED);
        story.at(60, () -> story.tiers.values().forEach(tier -> tier.stock = StoryTier.Stock.AVAILABLE));
        story.until(59);
        assertThat(story.decisions(0))
                .as(story::log)
                .allMatch(decision -> !decision.plan().gear().isEmpty());
        story.until(120);
        assertThat(story.serving().total()).as(story::log).isGreaterThanOrEqualTo(3);
    }

    @Test
    void theOnlyTierStaysAskedForWhileItIsOutOfStock() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1));
        story.chat().demand = steps(0, 2.5);
        story.at(40, () -> {
            story.tier("l4-spot").stock = StoryTier.Stock.REFUSED;
            story.lose(story.anyServing("l4-spot"));
        });
        story.at(60, () -> story.tier("l4-spot").stock = StoryTier.Stock.AVAILABLE);
        story.until(59);
        assertThat(story.decisions(40))
                .as(story::log)
                .allMatch(decision -> decision.plan().gear().total() == 3);
        story.until(64);
        assertThat(story.serving()).as(story::log).hasToString("l4-spot×3");
    }

    @Test
    void onlyOneReplicaOfTheFleetAsksAgain() {
        Story story = Story.of(new StoryTier("l4-spot", "0.30", 1), new StoryTier("l4", "0.80", 1));
        StoryModel other = new StoryModel("assistants", "embed", List.copyOf(story.tiers.values()));
        story.models.add(other);
        story.chat().demand = steps(0, 2.5);
        other.demand = steps(0, 2.5);
        story.at(40, () -> {
            story.tier("l4-spot").stock = StoryTier.Stock.REFUSED;
            story.lose(story.anyServing("l4-spot"));
            other.pods.stream().filter(StoryPod::answers).findFirst().ifPresent(story::lose);
        });
        story.until(43);
        for (int tick = 0; tick < 400; tick++) {
            story.until(43 + tick / 4.0);
            long asking = story.models.stream()
                    .flatMap(model -> model.pods.stream())
                    .filter(pod -> pod.tier.name().equals(SPOT) && pod.scheduled.isEmpty() && !pod.terminating)
                    .count();
            assertThat(asking).as(story::log).isLessThanOrEqualTo(1);
        }
    }
}
