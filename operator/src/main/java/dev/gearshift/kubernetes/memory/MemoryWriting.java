package dev.gearshift.kubernetes.memory;

import dev.gearshift.core.KeptMemory;
import dev.gearshift.core.guard.Bench;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.observe.ErrorBudget;
import dev.gearshift.core.plan.ModelMemory;
import dev.gearshift.core.predict.LengthDistribution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** From the core's memory to its JSON. */
final class MemoryWriting {

    private final Instant at;

    private MemoryWriting(Instant at) {
        this.at = at;
    }

    static MemoryDocument document(KeptMemory kept) {
        return new MemoryWriting(kept.at()).of(kept);
    }

    private MemoryDocument of(KeptMemory kept) {
        ModelMemory memory = kept.memory();
        var history = memory.demand().history();
        var samples = memory.required().samples();
        Map<String, MemoryDocument.Leaving> drains = new TreeMap<>();
        memory.drains()
                .pods()
                .forEach((pod, drain) -> drains.put(
                        pod,
                        new MemoryDocument.Leaving(drain.since().toString(), drain.idleLooks(), drain.finished())));
        Map<String, MemoryDocument.Broken> trouble = new TreeMap<>();
        memory.trouble().marks().forEach((tier, mark) -> {
            var failure = mark.failure();
            trouble.put(
                    tier.value(),
                    new MemoryDocument.Broken(
                            mark.since().toString(),
                            mark.generation(),
                            failure.container(),
                            failure.cause(),
                            failure.exitCode().isPresent() ? failure.exitCode().getAsInt() : null,
                            failure.message(),
                            failure.restarts()));
        });
        Map<String, String> avoided = new TreeMap<>();
        memory.avoided().forEach((tier, until) -> avoided.put(tier.value(), until.toString()));
        Map<String, MemoryDocument.Budget> budgets = new TreeMap<>();
        memory.budgets().budgets().forEach((objective, budget) -> budgets.put(objective.name(), budget(budget)));
        return new MemoryDocument(
                MemoryDocument.VERSION,
                at.toString(),
                new MemoryDocument.Loads(
                        history.stream().map(sample -> before(sample.time())).toList(),
                        history.stream()
                                .map(sample -> sample.load().perSecond())
                                .toList(),
                        history.stream()
                                .map(sample -> sample.mean().perSecond())
                                .toList()),
                memory.mix()
                        .map(mix -> new MemoryDocument.Mix(lengths(mix.prompt()), lengths(mix.output())))
                        .orElse(null),
                new MemoryDocument.Rates(
                        samples.stream().map(sample -> before(sample.at())).toList(),
                        samples.stream()
                                .map(sample -> sample.rate().perSecond())
                                .toList()),
                memory.leadTimes().starts().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().value(),
                                entry -> entry.getValue().stream()
                                        .map(Seconds::value)
                                        .toList(),
                                (one, other) -> one,
                                TreeMap::new)),
                memory.leadTimes().awaited().stream().toList(),
                drains,
                trouble,
                memory.shiftSince().map(Instant::toString).orElse(null),
                avoided,
                budgets,
                memory.budgets().counted().map(Instant::toString).orElse(null),
                memory.idle()
                        .map(idle -> new MemoryDocument.Idleness(
                                idle.since().toString(), idle.last().toString()))
                        .orElse(null),
                benches(kept.benches()),
                benches(kept.quotas()));
    }

    private MemoryDocument.Budget budget(ErrorBudget budget) {
        var slots = budget.slots();
        return new MemoryDocument.Budget(
                budget.target().value(),
                budget.window().toString(),
                slots.keySet().stream().map(this::before).toList(),
                slots.values().stream().map(ErrorBudget.Requests::arrived).toList(),
                slots.values().stream().map(ErrorBudget.Requests::leastMissed).toList(),
                slots.values().stream().map(ErrorBudget.Requests::mostMissed).toList());
    }

    private static MemoryDocument.Lengths lengths(LengthDistribution lengths) {
        var points = lengths.points();
        return new MemoryDocument.Lengths(
                points.stream().map(point -> point.length().count()).toList(),
                points.stream().map(point -> point.share().value()).toList());
    }

    private static Map<String, MemoryDocument.Benched> benches(Map<TierName, Bench> benches) {
        Map<String, MemoryDocument.Benched> written = new TreeMap<>();
        benches.forEach((tier, bench) -> written.put(
                tier.value(),
                new MemoryDocument.Benched(
                        bench.until().toString(), bench.backoff().toString())));
        return written;
    }

    private long before(Instant time) {
        return Duration.between(time, at).toNanos();
    }
}
