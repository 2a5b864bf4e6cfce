package dev.gearshift.kubernetes.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.core.KeptMemory;
import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.guard.Drains;
import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.guard.MissingMetrics;
import dev.gearshift.core.guard.Sleep.Idle;
import dev.gearshift.core.model.EngineFailure;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Tokens;
import dev.gearshift.core.observe.ErrorBudget;
import dev.gearshift.core.observe.ErrorBudgets;
import dev.gearshift.core.plan.ModelMemory;
import dev.gearshift.core.predict.DemandForecast;
import dev.gearshift.core.predict.LeadTimes;
import dev.gearshift.core.predict.LengthDistribution;
import dev.gearshift.core.predict.Samples;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final int CASES = 300;

    @Test
    void whatIsKeptComesBackAsItWas() throws MemoryJson.Unusable {
        Random random = new Random(4711);
        for (int i = 0; i < CASES; i++) {
            KeptMemory memory = any(random);
            assertThat(MemoryJson.read(MemoryJson.write(memory), NOW)).isEqualTo(memory);
        }
    }

    @Test
    void aMemoryOfAnOlderFormHasNothingInTheFieldsItDoesNotKnow() throws MemoryJson.Unusable {
        assertThat(MemoryJson.read("{\"version\":1,\"at\":\"" + NOW + "\",\"later\":{}}", NOW))
                .isEqualTo(new KeptMemory(NOW, ModelMemory.NONE, new TreeMap<>(), new TreeMap<>()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{}",
                "{'version':2,'at':'2026-03-01T12:00:00Z'}",
                "{'version':1,'at':'yesterday'}",
                "{'version':1,'at':'2026-02-28T11:59:00Z'}",
                "{'version':1,'at':'2026-03-01T12:02:00Z'}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','demand':{'before':[1],'loads':[],'means':[]}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','demand':{'before':[1,2],'loads':[1,1],'means':[1,1]}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','demand':{'before':[-1],'loads':[1],'means':[1]}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','demand':{'before':[1],'loads':[1e999],'means':[1]}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','demand':{'before':[1]}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','shiftSince':'2026-03-01T12:00:01Z'}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','avoided':{'l4':'2027-03-01T12:00:01Z'}}",
                "{'version':1,'at':'2026-03-01T12:00:00Z','benches':{'l4':{'until':'2026-03-01T12:01:00Z','backoff':'PT2H'}}}"
            })
    void whatCannotBeIsRefused(String text) {
        assertThatThrownBy(() -> MemoryJson.read(text.replace('\'', '"'), NOW))
                .isInstanceOf(MemoryJson.Unusable.class)
                .hasMessageStartingWith("it ");
    }

    @Test
    void theLargestMemoryIsFarFromTheBound() {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            assertThat(MemoryJson.write(any(random)).length()).isLessThan(MemoryJson.LONGEST / 2);
        }
    }

    @Test
    void thatTimeGoesByIsNoNewsAndARequestIs() {
        KeptMemory quiet = kept(DemandForecast.NONE.observe(RequestRate.ZERO, NOW), NOW);
        Instant later = NOW.plusSeconds(600);
        KeptMemory still = kept(quiet.memory().demand().observe(RequestRate.ZERO, later), later);
        KeptMemory asked = kept(quiet.memory().demand().observe(new RequestRate(0.1), later), later);
        assertThat(MemoryWorth.isNews(quiet, Optional.empty())).isFalse();
        assertThat(MemoryWorth.isNews(still, Optional.of(quiet))).isFalse();
        assertThat(MemoryWorth.isNews(asked, Optional.of(quiet))).isTrue();
        assertThat(MemoryWorth.isNews(kept(DemandForecast.NONE, NOW.plus(MemoryWorth.REFRESH)), Optional.of(quiet)))
                .isTrue();
    }

    private static KeptMemory kept(DemandForecast demand, Instant at) {
        ModelMemory none = ModelMemory.NONE;
        return new KeptMemory(
                at,
                new ModelMemory(
                        demand,
                        none.mix(),
                        none.required(),
                        none.watchedSince(),
                        none.leadTimes(),
                        none.drains(),
                        none.trouble(),
                        none.cheaperSince(),
                        none.shiftSince(),
                        none.avoided(),
                        none.alive(),
                        none.budgets(),
                        none.missing(),
                        none.resumed(),
                        none.idle()),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static KeptMemory any(Random random) {
        List<DemandForecast.Sample> history = new ArrayList<>();
        past(random, random.nextInt(DemandForecast.LONGEST_HISTORY + 1))
                .forEach(time -> history.add(new DemandForecast.Sample(time, rate(random), rate(random))));
        List<Samples.Sample> samples = new ArrayList<>();
        past(random, random.nextInt(Samples.MOST + 1))
                .forEach(time -> samples.add(new Samples.Sample(time, rate(random))));
        var starts = new TreeMap<TierName, List<Seconds>>();
        var drains = new TreeMap<String, Drains.Drain>();
        var trouble = new TreeMap<TierName, EngineTrouble.Mark>();
        var avoided = new TreeMap<TierName, Instant>();
        var benches = new TreeMap<TierName, Bench>();
        var quotas = new TreeMap<TierName, Bench>();
        for (int i = random.nextInt(5); i > 0; i--) {
            TierName tier = new TierName("tier-" + random.nextInt(20));
            starts.put(tier, List.of(new Seconds(random.nextDouble() * 900), new Seconds(random.nextDouble())));
            drains.put("pod-" + i, new Drains.Drain(past(random), random.nextInt(3), random.nextBoolean()));
            trouble.put(
                    tier,
                    new EngineTrouble.Mark(
                            past(random),
                            random.nextInt(9),
                            new EngineFailure(
                                    "engine",
                                    "OOMKilled",
                                    random.nextBoolean() ? OptionalInt.of(137) : OptionalInt.empty(),
                                    "\"out\"\nof memory é",
                                    3)));
            avoided.put(tier, NOW.plusSeconds(random.nextInt(1800)));
            benches.put(tier, Bench.first(past(random)));
            quotas.put(tier, Bench.first(past(random)).again(NOW));
        }
        var budgets = new TreeMap<LatencyObjective, ErrorBudget>();
        for (LatencyObjective objective : LatencyObjective.values()) {
            ErrorBudget budget = ErrorBudget.untouched(new Seconds(random.nextDouble() + 0.01), Duration.ofHours(24));
            for (Instant time : past(random, random.nextInt(300))) {
                budget = budget.with(new ErrorBudget.Requests(random.nextDouble() + 2, random.nextDouble(), 1.5), time);
            }
            budgets.put(objective, budget);
        }
        ModelMemory memory = new ModelMemory(
                new DemandForecast(history),
                random.nextBoolean() ? Optional.of(new TokenMix(lengths(random), lengths(random))) : Optional.empty(),
                new Samples(samples),
                Optional.empty(),
                new LeadTimes(starts, new TreeSet<>(drains.keySet())),
                new Drains(drains),
                new EngineTrouble(trouble),
                Optional.empty(),
                random.nextBoolean() ? Optional.of(past(random)) : Optional.empty(),
                avoided,
                new TreeMap<>(),
                new ErrorBudgets(budgets, random.nextBoolean() ? Optional.of(past(random)) : Optional.empty()),
                MissingMetrics.NONE,
                false,
                random.nextBoolean() ? Optional.of(new Idle(past(random), NOW)) : Optional.empty());
        return new KeptMemory(NOW, memory, benches, quotas);
    }

    private static LengthDistribution lengths(Random random) {
        List<LengthDistribution.Point> points = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            points.add(new LengthDistribution.Point(
                    new Tokens(random.nextDouble() * 5000), new Share(random.nextDouble() + 1e-9)));
        }
        return LengthDistribution.of(points).scaledTo(new Tokens(700 + random.nextDouble()));
    }

    private static RequestRate rate(Random random) {
        return new RequestRate(random.nextDouble() * 1000);
    }

    private static Instant past(Random random) {
        return NOW.minusNanos(random.nextInt(1_000_000_000));
    }

    private static List<Instant> past(Random random, int count) {
        TreeSet<Instant> times = new TreeSet<>(Comparator.naturalOrder());
        for (int i = 0; i < count; i++) {
            times.add(NOW.minusMillis(random.nextInt(80_000_000)));
        }
        return List.copyOf(times);
    }
}
