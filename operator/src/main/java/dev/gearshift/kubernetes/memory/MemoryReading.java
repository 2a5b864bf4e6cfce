package dev.gearshift.kubernetes.memory;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From JSON to the core's memory. What cannot be is refused as a whole: half a memory is not one that ever was. */
final class MemoryReading {

    /** No tier is avoided or benched for longer than this after the memory was made. */
    private static final Duration LONGEST_BAN = Duration.ofMinutes(31);

    private final Instant at;

    private MemoryReading(Instant at) {
        this.at = at;
    }

    /**
     * The memory a document holds.
     *
     * @throws RuntimeException when it holds none that could have been written
     */
    static KeptMemory memory(MemoryDocument document) {
        if (document.version() == null || document.version() != MemoryDocument.VERSION) {
            throw new IllegalArgumentException("its version is " + document.version());
        }
        if (document.at() == null) {
            throw new IllegalArgumentException("it does not say of when it is");
        }
        return new MemoryReading(Instant.parse(document.at())).of(document);
    }

    private KeptMemory of(MemoryDocument document) {
        Optional<Instant> counted = past(document.counted());
        ModelMemory memory = new ModelMemory(
                demand(document.demand()),
                Optional.ofNullable(document.mix())
                        .map(mix -> new TokenMix(lengths(mix.prompt()), lengths(mix.output()))),
                required(document.required()),
                Optional.empty(),
                leadTimes(document),
                drains(document.drains()),
                trouble(document.trouble()),
                Optional.empty(),
                past(document.shiftSince()),
                avoided(document.avoided()),
                new TreeMap<>(),
                new ErrorBudgets(budgets(document.budgets()), counted),
                MissingMetrics.NONE,
                false,
                Optional.ofNullable(document.idle()).map(idle -> new Idle(time(idle.since()), time(idle.last()))));
        return new KeptMemory(at, memory, benches(document.benches()), benches(document.quotas()));
    }

    private DemandForecast demand(MemoryDocument.@Nullable Loads written) {
        if (written == null) {
            return DemandForecast.NONE;
        }
        int size = size(DemandForecast.LONGEST_HISTORY, written.before(), written.loads(), written.means());
        List<DemandForecast.Sample> history = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            history.add(new DemandForecast.Sample(
                    ordered(written.before(), i),
                    rate(written.loads().get(i)),
                    rate(written.means().get(i))));
        }
        return new DemandForecast(history);
    }

    private Samples required(MemoryDocument.@Nullable Rates written) {
        if (written == null) {
            return Samples.NONE;
        }
        int size = size(Samples.MOST, written.before(), written.rates());
        List<Samples.Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            samples.add(new Samples.Sample(
                    ordered(written.before(), i), rate(written.rates().get(i))));
        }
        return new Samples(samples);
    }

    private static LengthDistribution lengths(MemoryDocument.Lengths written) {
        int size = size(Samples.MOST, written.lengths(), written.shares());
        List<LengthDistribution.Point> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            points.add(new LengthDistribution.Point(
                    new Tokens(finite(written.lengths().get(i))),
                    new Share(written.shares().get(i))));
        }
        return LengthDistribution.of(points);
    }

    private static LeadTimes leadTimes(MemoryDocument document) {
        SortedMap<TierName, List<Seconds>> starts = new TreeMap<>();
        present(document.starts()).forEach((tier, times) -> {
            size(LeadTimes.KEPT, times);
            starts.put(
                    new TierName(tier),
                    times.stream().map(time -> new Seconds(finite(time))).toList());
        });
        return new LeadTimes(starts, document.awaited() == null ? new TreeSet<>() : new TreeSet<>(document.awaited()));
    }

    private Drains drains(@Nullable Map<String, MemoryDocument.Leaving> written) {
        SortedMap<String, Drains.Drain> drains = new TreeMap<>();
        present(written)
                .forEach((pod, drain) ->
                        drains.put(pod, new Drains.Drain(time(drain.since()), drain.idleLooks(), drain.finished())));
        return new Drains(drains);
    }

    private EngineTrouble trouble(@Nullable Map<String, MemoryDocument.Broken> written) {
        SortedMap<TierName, EngineTrouble.Mark> marks = new TreeMap<>();
        present(written).forEach((tier, mark) -> {
            Integer code = mark.exitCode();
            EngineFailure failure = new EngineFailure(
                    mark.container(),
                    mark.cause(),
                    code == null ? OptionalInt.empty() : OptionalInt.of(code),
                    mark.message(),
                    mark.restarts());
            marks.put(new TierName(tier), new EngineTrouble.Mark(time(mark.since()), mark.generation(), failure));
        });
        return new EngineTrouble(marks);
    }

    private SortedMap<TierName, Instant> avoided(@Nullable Map<String, String> written) {
        SortedMap<TierName, Instant> avoided = new TreeMap<>();
        present(written).forEach((tier, until) -> avoided.put(new TierName(tier), banned(until)));
        return avoided;
    }

    private SortedMap<LatencyObjective, ErrorBudget> budgets(@Nullable Map<String, MemoryDocument.Budget> written) {
        SortedMap<LatencyObjective, ErrorBudget> budgets = new TreeMap<>();
        present(written).forEach((objective, budget) -> {
            SortedMap<Instant, ErrorBudget.Requests> slots = new TreeMap<>();
            int size = size(
                    ErrorBudget.SLOTS + 2,
                    budget.before(),
                    budget.arrived(),
                    budget.leastMissed(),
                    budget.mostMissed());
            for (int i = 0; i < size; i++) {
                slots.put(
                        ordered(budget.before(), i),
                        new ErrorBudget.Requests(
                                budget.arrived().get(i),
                                budget.leastMissed().get(i),
                                budget.mostMissed().get(i)));
            }
            budgets.put(
                    LatencyObjective.valueOf(objective),
                    new ErrorBudget(new Seconds(finite(budget.target())), Duration.parse(budget.window()), slots));
        });
        return budgets;
    }

    private SortedMap<TierName, Bench> benches(@Nullable Map<String, MemoryDocument.Benched> written) {
        SortedMap<TierName, Bench> benches = new TreeMap<>();
        present(written).forEach((tier, bench) -> {
            Duration backoff = Duration.parse(bench.backoff());
            if (backoff.compareTo(Duration.ZERO) <= 0 || backoff.compareTo(Bench.LONGEST) > 0) {
                throw new IllegalArgumentException("a tier is benched for " + backoff);
            }
            benches.put(new TierName(tier), new Bench(banned(bench.until()), backoff));
        });
        return benches;
    }

    private static <T> Map<String, T> present(@Nullable Map<String, T> written) {
        return written == null ? new TreeMap<>() : written;
    }

    private Optional<Instant> past(@Nullable String text) {
        return Optional.ofNullable(text).map(this::time);
    }

    private Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isAfter(at)) {
            throw new IllegalArgumentException(time + " is after " + at + ", when it was remembered");
        }
        return time;
    }

    private Instant banned(String text) {
        Instant until = Instant.parse(text);
        if (until.isAfter(at.plus(LONGEST_BAN))) {
            throw new IllegalArgumentException("a tier is out until " + until);
        }
        return until;
    }

    /** A time of a column that goes from the past to the present. */
    private Instant ordered(List<Long> before, int i) {
        if (before.get(i) < 0 || (i > 0 && before.get(i) >= before.get(i - 1))) {
            throw new IllegalArgumentException("times are not in order");
        }
        return at.minusNanos(before.get(i));
    }

    private static int size(int most, List<?>... columns) {
        int size = columns[0].size();
        for (List<?> column : columns) {
            if (column.size() != size || size > most) {
                throw new IllegalArgumentException("a column has " + column.size() + " entries");
            }
        }
        return size;
    }

    private static RequestRate rate(double perSecond) {
        return new RequestRate(finite(perSecond));
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number is " + number);
        }
        return number;
    }
}
