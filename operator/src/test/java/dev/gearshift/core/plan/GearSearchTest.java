package dev.gearshift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GearSearchTest {

    private static final Candidate L4 = candidate("l4", "0.80", 1, 1, 2, 20);
    private static final Candidate L4_SPOT = candidate("l4-spot", "0.30", 1, 1, 2, 20);
    private static final Candidate A100 = candidate("a100", "3.00", 1, 1, 7, 20);
    private static final Candidate H100 = candidate("h100", "4.00", 1, 8, 15, 20);

    @Test
    void theCheapestTierThatDoesIsChosen() {
        GearAnswer answer = GearSearch.cheapest(question(5, Spreading.EVEN, L4, A100, H100));
        assertThat(answer.gear()).isEqualTo(gear("l4", 3));
        assertThat(answer.bill()).isEqualTo(HourlyCost.ofDollars("2.40"));
        assertThat(answer.carries()).isEqualTo(new RequestRate(6));
        assertThat(answer.met()).isTrue();
        assertThat(answer.alternatives())
                .extracting(
                        Alternative::gear,
                        alternative -> alternative.ruledOutBy().kind())
                .containsExactly(
                        tuple(gear("l4", 2), ReasonKind.TOO_SMALL),
                        tuple(gear("a100", 1), ReasonKind.COSTS_MORE),
                        tuple(gear("h100", 1), ReasonKind.COSTS_MORE));
    }

    @Test
    void idleSlotsOnPaidNodesAreFree() {
        // One H100 costs as much as eight: at 100 req/s seven of them beat 15 A100 at $45.
        GearAnswer answer = GearSearch.cheapest(question(100, Spreading.EVEN, A100, H100));
        assertThat(answer.gear()).isEqualTo(gear("h100", 7));
        assertThat(answer.bill()).isEqualTo(HourlyCost.ofDollars("32"));
    }

    @Test
    void evenSpreadingLetsTheSlowestBoundAll() {
        GearAnswer even = GearSearch.cheapest(question(9, Spreading.EVEN, L4, A100));
        GearAnswer weighted = GearSearch.cheapest(question(9, Spreading.WEIGHTED, L4, A100));
        assertThat(even.gear()).isEqualTo(gear("l4", 5));
        assertThat(weighted.gear().total()).isLessThanOrEqualTo(5);
        assertThat(weighted.bill()).isLessThanOrEqualTo(even.bill());
        GearAnswer mixed = GearSearch.cheapest(new GearQuestion(
                List.of(L4, A100),
                new RequestRate(9),
                0,
                2,
                Optional.empty(),
                Spreading.WEIGHTED,
                true,
                Optional.empty()));
        assertThat(mixed.gear()).isEqualTo(gear("l4", 1).with(new TierName("a100"), 1));
    }

    @Test
    void aTierAtItsLimitIsFilledUpByTheNext() {
        Candidate few = Candidate.of(L4_SPOT.option(), L4_SPOT.capacity(), 2);
        GearAnswer answer = GearSearch.cheapest(question(7.5, Spreading.EVEN, few, L4));
        assertThat(answer.gear()).isEqualTo(gear("l4", 2).with(new TierName("l4-spot"), 2));
        assertThat(answer.alternatives()).anySatisfy(alternative -> {
            assertThat(alternative.gear()).isEqualTo(gear("l4-spot", 4));
            assertThat(alternative.ruledOutBy().kind()).isEqualTo(ReasonKind.TIER_LIMIT);
        });
    }

    @Test
    void withoutMixingOneTierCarriesAll() {
        Candidate few = Candidate.of(L4_SPOT.option(), L4_SPOT.capacity(), 2);
        GearQuestion mixing = question(7.5, Spreading.EVEN, few, L4);
        GearAnswer answer = GearSearch.cheapest(new GearQuestion(
                mixing.candidates(),
                mixing.required(),
                0,
                100,
                Optional.empty(),
                Spreading.EVEN,
                false,
                Optional.empty()));
        assertThat(answer.gear()).isEqualTo(gear("l4", 4));
    }

    @Test
    void underACapTheGearThatCarriesMostIsFound() {
        GearAnswer answer = GearSearch.cheapest(capped(20, 0, "2.50", L4, A100));
        assertThat(answer.gear()).isEqualTo(gear("l4", 3));
        assertThat(answer.shortfall()).hasValueSatisfying(reason -> {
            assertThat(reason.kind()).isEqualTo(ReasonKind.COST_CAP);
            assertThat(reason.limit()).contains(HourlyCost.ofDollars("2.50"));
        });
    }

    @Test
    void minReplicasStandAboveTheCap() {
        GearAnswer answer = GearSearch.cheapest(capped(20, 4, "2.50", L4, A100));
        assertThat(answer.gear()).isEqualTo(gear("l4", 4));
    }

    @Test
    void maxReplicasAreNamedWhenTheyBind() {
        GearAnswer answer = GearSearch.cheapest(new GearQuestion(
                List.of(L4, A100),
                new RequestRate(30),
                0,
                3,
                Optional.empty(),
                Spreading.EVEN,
                true,
                Optional.empty()));
        assertThat(answer.gear()).isEqualTo(gear("a100", 3));
        assertThat(answer.shortfall().orElseThrow().kind()).isEqualTo(ReasonKind.AT_MAX_REPLICAS);
    }

    @Test
    void tierLimitsAreNamedWhenTheyBind() {
        Candidate few = Candidate.of(L4.option(), L4.capacity(), 2);
        GearAnswer answer = GearSearch.cheapest(question(30, Spreading.EVEN, few));
        assertThat(answer.gear()).isEqualTo(gear("l4", 2));
        assertThat(answer.shortfall().orElseThrow().kind()).isEqualTo(ReasonKind.TIER_LIMIT);
    }

    @Test
    void withoutATierThereIsNoGear() {
        GearAnswer answer = GearSearch.cheapest(question(1, Spreading.EVEN));
        assertThat(answer.gear()).isEqualTo(Gear.EMPTY);
        assertThat(answer.shortfall().orElseThrow().kind()).isEqualTo(ReasonKind.NO_TIER);
    }

    @Test
    void ofEquallyCheapGearsThePresentOneIsKept() {
        Candidate twin = candidate("m4", "0.80", 1, 1, 2, 20);
        GearQuestion first = question(3, Spreading.EVEN, L4, twin);
        assertThat(GearSearch.cheapest(first).gear()).isEqualTo(gear("l4", 2));
        GearQuestion kept = new GearQuestion(
                first.candidates(),
                first.required(),
                0,
                100,
                Optional.empty(),
                Spreading.EVEN,
                true,
                Optional.of(gear("m4", 2)));
        assertThat(GearSearch.cheapest(kept).gear()).isEqualTo(gear("m4", 2));
    }

    @Test
    void thePresentGearIsNotKeptWhenItCostsMoreOrIsTooSmall() {
        for (Gear present : List.of(gear("a100", 1), gear("l4", 1), gear("gone", 9))) {
            GearQuestion asked = question(3, Spreading.EVEN, L4, A100);
            GearQuestion question = new GearQuestion(
                    asked.candidates(),
                    asked.required(),
                    0,
                    100,
                    Optional.empty(),
                    Spreading.EVEN,
                    true,
                    Optional.of(present));
            assertThat(GearSearch.cheapest(question).gear()).isEqualTo(gear("l4", 2));
        }
    }

    @Test
    void aTierNamedTwiceIsRefused() {
        assertThatThrownBy(() -> question(1, Spreading.EVEN, L4, L4)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Spreading.class)
    void theSearchIsExact(Spreading spreading) {
        for (long seed = 1; seed <= 1500; seed++) {
            GearQuestion question = random(seed, spreading);
            GearAnswer answer = GearSearch.cheapest(question);
            BruteForce.Best best = BruteForce.of(question);
            String instance = "seed " + seed + ": " + question + " → " + answer + ", but " + best;
            assertThat(answer.met()).as(instance).isEqualTo(best.met());
            assertThat(answer.bill()).as(instance).isEqualTo(best.cost());
            assertThat(answer.gear().replicas().size()).as(instance).isEqualTo(best.tiers());
            assertThat(answer.gear().total()).as(instance).isEqualTo(best.replicas());
            if (!best.met()) {
                assertThat(answer.carries().perSecond()).as(instance).isCloseTo(best.carries(), within(1e-5));
            }
            assertThat(answer.alternatives())
                    .as(instance)
                    .hasSizeLessThanOrEqualTo(3)
                    .noneMatch(alternative -> alternative.gear().equals(answer.gear()));
        }
    }

    @ParameterizedTest
    @EnumSource(Spreading.class)
    void aThousandReplicasOnTwelveTiersAreSearchedSoon(Spreading spreading) {
        SplittableRandom random = new SplittableRandom(11);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double capacity = 1 + 20 * random.nextDouble();
            String price = String.format(Locale.ROOT, "%.3f", capacity * (0.3 + 0.05 * random.nextDouble()));
            candidates.add(candidate("t" + i, price, 1, i % 3 == 0 ? 8 : 1, capacity, 400));
        }
        GearQuestion question = new GearQuestion(
                candidates, new RequestRate(6_000), 1, 1000, Optional.empty(), spreading, true, Optional.empty());
        long start = System.nanoTime();
        GearAnswer answer = GearSearch.cheapest(question);
        assertThat(answer.met()).isTrue();
        // Far above what it takes, so that a slow machine does not fail; an exponential search would.
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    private static GearQuestion random(long seed, Spreading spreading) {
        SplittableRandom random = new SplittableRandom(seed);
        int tiers = 1 + random.nextInt(4);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < tiers; i++) {
            int perNode = new int[] {1, 1, 2, 4, 8}[random.nextInt(5)];
            candidates.add(candidate(
                    "t" + i,
                    "0." + (1 + random.nextInt(9)),
                    1 + random.nextInt(2),
                    perNode,
                    random.nextInt(8) == 0
                            ? 0
                            : 1 + random.nextInt(6) + (random.nextBoolean() ? random.nextDouble() : 0),
                    random.nextInt(7)));
        }
        int min = random.nextInt(4);
        int max = Math.max(1, min + random.nextInt(8));
        Optional<HourlyCost> cap = random.nextInt(3) == 0
                ? Optional.of(HourlyCost.ofDollars("" + (1 + random.nextInt(60)) / 10.0))
                : Optional.empty();
        return new GearQuestion(
                candidates,
                new RequestRate(random.nextInt(30)),
                min,
                max,
                cap,
                spreading,
                random.nextInt(4) > 0,
                Optional.empty());
    }

    private static GearQuestion question(double required, Spreading spreading, Candidate... candidates) {
        return new GearQuestion(
                List.of(candidates),
                new RequestRate(required),
                0,
                100,
                Optional.empty(),
                spreading,
                true,
                Optional.empty());
    }

    private static GearQuestion capped(double required, int min, String cap, Candidate... candidates) {
        return new GearQuestion(
                List.of(candidates),
                new RequestRate(required),
                min,
                100,
                Optional.of(HourlyCost.ofDollars(cap)),
                Spreading.EVEN,
                true,
                Optional.empty());
    }

    private static Gear gear(String tier, int replicas) {
        return Gear.of(new TierName(tier), replicas);
    }

    private static Candidate candidate(
            String name, String price, int perReplica, int perNode, double capacity, int maxReplicas) {
        Tier tier = new Tier(
                new TierName(name),
                new Accelerator("nvidia.com/gpu", name, Bytes.ofGibibytes(24), new Datasheet(300, 121)),
                perNode,
                CapacityType.ON_DEMAND,
                new HourlyCost(Money.ofDollars(price)),
                OptionalInt.empty(),
                Optional.empty());
        TierOption option = new TierOption(
                tier,
                perReplica,
                new ModelProfile("m", 8, 8, Precision.FP8, new Bytes(131_072)),
                new EngineLimits(256, 2048),
                Optional.empty());
        return Candidate.of(option, new RequestRate(capacity), maxReplicas);
    }

    /** Every gear, one by one. */
    private static final class BruteForce {

        record Best(boolean met, HourlyCost cost, int tiers, int replicas, double carries) {}

        static Best of(GearQuestion question) {
            List<Candidate> usable = question.candidates().stream()
                    .filter(candidate -> candidate.capacity().perSecond() > 0)
                    .toList();
            int room = question.mixing()
                    ? usable.stream().mapToInt(Candidate::maxReplicas).sum()
                    : usable.stream().mapToInt(Candidate::maxReplicas).max().orElse(0);
            int min = Math.min(question.minTotal(), room);
            List<Best> all = new ArrayList<>();
            collect(question, usable, 0, Gear.EMPTY, min, all);
            HourlyCost least =
                    all.stream().map(Best::cost).min(HourlyCost::compareTo).orElseThrow();
            List<Best> considered = all.stream()
                    .filter(best -> best.cost().equals(least)
                            || question.cap()
                                    .map(cap -> best.cost().compareTo(cap) <= 0)
                                    .orElse(true))
                    .toList();
            double most = considered.stream().mapToDouble(Best::carries).max().orElse(0);
            double needed = Math.min(most, question.required().perSecond()) - 1e-7;
            Comparator<Best> order =
                    Comparator.comparing(Best::cost).thenComparing(Best::tiers).thenComparing(Best::replicas);
            Best best = considered.stream()
                    .filter(one -> one.carries() >= needed)
                    .min(order)
                    .orElseThrow();
            boolean noTier = best.replicas() == 0 && question.minTotal() > 0;
            return new Best(
                    best.carries() >= question.required().perSecond() - 1e-7 && !noTier,
                    best.cost(),
                    best.tiers(),
                    best.replicas(),
                    best.carries());
        }

        private static void collect(
                GearQuestion question, List<Candidate> usable, int next, Gear gear, int min, List<Best> all) {
            if (next == usable.size()) {
                boolean allowed = gear.total() >= min
                        && gear.total() <= question.maxTotal()
                        && (question.mixing() || gear.replicas().size() <= 1);
                if (allowed || (gear.isEmpty() && !question.mixing() && usable.isEmpty())) {
                    TreeMap<TierName, RequestRate> capacities = new TreeMap<>();
                    usable.forEach(candidate -> capacities.put(candidate.name(), candidate.capacity()));
                    HourlyCost cost = usable.stream()
                            .map(candidate -> candidate.option().bill(gear.on(candidate.name())))
                            .reduce(HourlyCost.ZERO, HourlyCost::plus);
                    all.add(new Best(
                            true,
                            cost,
                            gear.replicas().size(),
                            gear.total(),
                            GearCapacity.of(gear, capacities, question.spreading())
                                    .perSecond()));
                }
                return;
            }
            Candidate candidate = usable.get(next);
            for (int count = 0; count <= candidate.maxReplicas(); count++) {
                collect(question, usable, next + 1, gear.with(candidate.name(), count), min, all);
            }
        }
    }
}
