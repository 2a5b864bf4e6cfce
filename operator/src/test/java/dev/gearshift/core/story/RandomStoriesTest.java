package dev.gearshift.core.story;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.Autoscaler;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.core.plan.ModelMemory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds in every story, whatever happens. Each story is a seed; a failure tells the seed and the story. */
final class RandomStoriesTest {

    private static final int STORIES = 200;
    private static final int SLEEPERS = 60;
    private static final double EVENTFUL_MINUTES = 30;

    /** A story of shocks for {@link #EVENTFUL_MINUTES}, after which everything works and demand stays as it is. */
    private static Story story(long seed) {
        Random random = new Random(seed);
        StoryTier spot = new StoryTier("spot", "0.30", 1);
        StoryTier same = new StoryTier("l4", "0.80", 1);
        StoryTier fast =
                new StoryTier("h100", random.nextBoolean() ? "2.00" : "4.50", 4).perNode(random.nextBoolean() ? 1 : 8);
        Story story = Story.of(spot, same, fast);
        story.chat().maxReplicas = 8;
        story.chat().requestsTake = Duration.ofSeconds(15L * random.nextInt(20));
        double[] loads = random.doubles(6, 0.1, 6).toArray();
        double last = 0.2 + 4 * random.nextDouble();
        story.chat().demand = time -> {
            double minute = time.toMillis() / 60_000.0;
            return minute >= EVENTFUL_MINUTES ? last : loads[(int) (minute / EVENTFUL_MINUTES * loads.length)];
        };
        for (int i = 0; i < 8; i++) {
            double minute = 1 + (EVENTFUL_MINUTES - 2) * random.nextDouble();
            shock(
                    story,
                    random.nextInt(6),
                    List.of(spot, same, fast).get(random.nextInt(3)),
                    random.nextInt(100),
                    minute);
        }
        story.at(EVENTFUL_MINUTES, () -> {
            story.chat().metrics = Freshness.FRESH;
            story.tiers.values().forEach(tier -> {
                tier.stock = StoryTier.Stock.AVAILABLE;
                tier.engine = StoryTier.Engine.RUNS;
            });
        });
        return story;
    }

    private static void shock(Story story, int kind, StoryTier tier, int choice, double minute) {
        switch (kind) {
            case 0 -> story.at(minute, () -> tier.stock = oneOf(StoryTier.Stock.values(), choice));
            case 1 -> story.at(minute, () -> tier.engine = oneOf(StoryTier.Engine.values(), choice));
            case 2 -> story.at(minute, () -> story.chat().metrics = oneOf(Freshness.values(), choice));
            case 3 ->
                story.at(minute, () -> {
                    if (!story.chat().pods.isEmpty()) {
                        story.lose(
                                story.chat().pods.get(choice % story.chat().pods.size()));
                    }
                });
            case 4 -> story.at(minute, story::forget);
            default -> story.at(minute, () -> tier.stock = StoryTier.Stock.AVAILABLE);
        }
    }

    private static <T> T oneOf(T[] values, int choice) {
        return values[choice % values.length];
    }

    @Test
    void whateverHappensThePlanStaysWithinItsBounds() {
        for (long seed = 0; seed < STORIES; seed++) {
            Story story = story(seed).until(EVENTFUL_MINUTES);
            String name = "seed " + seed;
            for (Story.Moment moment : story.moments) {
                check(story, moment, name);
            }
            assertThat(story.chat().violations).as(() -> name + story.log()).isEmpty();
        }
    }

    private static void check(Story story, Story.Moment moment, String name) {
        Decision decision = moment.decision(story.chat().key);
        ModelState model = moment.snapshot().models().get(0);
        Plan plan = decision.plan();
        Gear before = model.ordered().orElse(Gear.EMPTY);
        String when = name + " at minute " + Story.minute(moment.time());
        assertThat(decision.target().total()).as(() -> when + story.log()).isLessThanOrEqualTo(8);
        Set<String> pods = model.replicas().stream().map(ReplicaState::name).collect(Collectors.toSet());
        assertThat(pods)
                .as(() -> when + story.log())
                .containsAll(plan.draining())
                .containsAll(plan.drained());
        for (ReplicaState replica : model.replicas()) {
            if (plan.draining().contains(replica.name())) {
                assertThat(plan.gear().on(replica.tier()))
                        .as(() -> when + story.log())
                        .isPositive();
            }
        }
        if (model.observation().freshness() != Freshness.FRESH && before.total() <= 8) {
            long newlyDraining = model.replicas().stream()
                    .filter(replica -> replica.serving() && plan.draining().contains(replica.name()))
                    .count();
            assertThat(newlyDraining)
                    .as(() -> when + " released without metrics" + story.log())
                    .isZero();
        }
        ModelMemory memory = requireNonNull(moment.outcome().memory().models().get(story.chat().key));
        for (TierStatus tier : decision.tiers()) {
            TierName nameOfTier = tier.tier();
            boolean benched = tier.stockOutUntil().isPresent();
            boolean broken = memory.trouble().on(nameOfTier).isPresent();
            if (benched || broken) {
                assertThat(plan.gear().on(nameOfTier))
                        .as(() -> when + " ordered more of " + nameOfTier + story.log())
                        .isLessThanOrEqualTo(before.on(nameOfTier));
            }
        }
    }

    /** A story of a model that may have no replica, is asked now and then, and whose gateway falls silent at times. */
    private static Story sleeper(long seed) {
        Story story = story(seed);
        Random random = new Random(seed + 1000);
        StoryModel chat = story.chat();
        chat.minReplicas = 0;
        chat.idleAfter = Duration.ofMinutes(2 + random.nextInt(10));
        double[] loads =
                random.doubles(12, -2, 3).map(load -> Math.max(0, load)).toArray();
        double last = random.nextBoolean() ? 0 : 1 + random.nextDouble();
        chat.demand = time -> {
            double minute = time.toMillis() / 60_000.0;
            return minute >= EVENTFUL_MINUTES ? last : loads[(int) (minute / EVENTFUL_MINUTES * loads.length)];
        };
        for (int i = 0; i < 6; i++) {
            boolean tells = i % 2 == 0;
            story.at(EVENTFUL_MINUTES * random.nextDouble(), () -> chat.gatewayTells = tells);
        }
        return story.at(EVENTFUL_MINUTES, () -> chat.gatewayTells = true);
    }

    @Test
    void aSleeperIsOnlyPutToBedByTwoWitnessesAndEndsWithWhatItIsAsked() {
        int slept = 0;
        for (long seed = 0; seed < SLEEPERS; seed++) {
            Story story = sleeper(seed).until(EVENTFUL_MINUTES + 120);
            String name = "seed " + seed;
            for (Story.Moment moment : story.moments) {
                check(story, moment, name);
                Decision decision = moment.decision(story.chat().key);
                ModelState model = moment.snapshot().models().get(0);
                if (decision.because(ReasonKind.IDLE)) {
                    assertThat(model.observation().freshness())
                            .as(() -> name + story.log())
                            .isEqualTo(Freshness.FRESH);
                    assertThat(model.observation().knocking().heard())
                            .as(() -> name + story.log())
                            .contains(RequestRate.ZERO);
                }
                if (decision.because(ReasonKind.ASLEEP)) {
                    assertThat(decision.target().isEmpty())
                            .as(() -> name + story.log())
                            .isTrue();
                }
            }
            assertThat(story.chat().violations).as(() -> name + story.log()).isEmpty();
            slept += story.count(ReasonKind.IDLE) > 0 ? 1 : 0;
            double offered = requireNonNull(story.last().offered().get(story.chat().key));
            assertThat(story.last().carried().get(story.chat().key))
                    .as(() -> name + story.log())
                    .isGreaterThanOrEqualTo(offered);
            if (offered == 0) {
                assertThat(story.decision().plan().gear().isEmpty())
                        .as(() -> name + story.log())
                        .isTrue();
            }
        }
        assertThat(slept).isGreaterThan(SLEEPERS / 4);
    }

    @Test
    void theSameInputsGiveEqualDecisions() {
        Story story = story(7).until(EVENTFUL_MINUTES);
        for (Story.Moment moment : story.moments) {
            assertThat(new Autoscaler().decide(moment.snapshot(), moment.before()))
                    .isEqualTo(moment.outcome());
        }
    }

    @Test
    void underConstantDemandEveryStoryBecomesSteady() {
        for (long seed = 0; seed < 15; seed++) {
            Story story = story(seed).until(EVENTFUL_MINUTES + 120);
            String name = "seed " + seed;
            assertThat(story.gears(EVENTFUL_MINUTES + 105))
                    .as(() -> name + story.log())
                    .hasSize(1);
            assertThat(turns(story, EVENTFUL_MINUTES + 15))
                    .as(() -> name + story.log())
                    .isLessThanOrEqualTo(8);
            assertThat(story.last().carried().get(story.chat().key))
                    .as(() -> name + story.log())
                    .isGreaterThanOrEqualTo(story.last().offered().get(story.chat().key));
        }
    }

    /** How often the total of replicas ordered turned from rising to falling or back. */
    private static int turns(Story story, double fromMinute) {
        int turns = 0;
        int direction = 0;
        int total = -1;
        for (Decision decision : story.decisions(fromMinute)) {
            int next = decision.plan().gear().total();
            int step = total < 0 ? 0 : Integer.signum(next - total);
            if (step != 0 && direction != 0 && step != direction) {
                turns++;
            }
            direction = step == 0 ? direction : step;
            total = next;
        }
        return turns;
    }

    @Test
    void whatIsRememberedIsBounded() {
        Story story = story(3).until(EVENTFUL_MINUTES + 120);
        var memory = story.last().outcome().memory().models().get(story.chat().key);
        assertThat(memory).isNotNull();
        assertThat(memory.required().samples()).hasSizeLessThanOrEqualTo(1024);
        assertThat(memory.alive().size()).isLessThanOrEqualTo(8);
        assertThat(memory.drains().pods().size()).isLessThanOrEqualTo(8);
        assertThat(memory.leadTimes().awaited().size()).isLessThanOrEqualTo(8);
        assertThat(memory.avoided().size()).isLessThanOrEqualTo(3);
    }
}
