package dev.gearshift.kubernetes.memory;

import dev.gearshift.core.KeptMemory;
import dev.gearshift.core.plan.ModelMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a memory is worth a write. */
final class MemoryWorth {

    /** A memory that says nothing new is written this often, so that it does not grow too old to be used. */
    static final Duration REFRESH = Duration.ofHours(1);

    private MemoryWorth() {}

    /** Whether a memory says something the one that was written does not. That time goes by is nothing new. */
    static boolean isNews(KeptMemory memory, Optional<KeptMemory> written) {
        if (written.isEmpty()) {
            return isAsked(memory, Instant.MIN) || !gist(memory).equals(gist(nothing(memory.at())));
        }
        return isAsked(memory, written.get().at())
                || !gist(memory).equals(gist(written.get()))
                || !memory.at().isBefore(written.get().at().plus(REFRESH));
    }

    private static KeptMemory nothing(Instant at) {
        return new KeptMemory(at, ModelMemory.NONE, new TreeMap<>(), new TreeMap<>());
    }

    /** Whether anything was asked of the model after a time. */
    private static boolean isAsked(KeptMemory memory, Instant since) {
        return memory.memory().demand().history().stream()
                .anyMatch(
                        sample -> sample.time().isAfter(since) && sample.load().perSecond() > 0);
    }

    /** What is remembered besides demand, without what changes by itself. */
    private static Object gist(KeptMemory kept) {
        ModelMemory memory = kept.memory();
        return List.of(
                memory.leadTimes().starts(),
                memory.trouble(),
                memory.avoided(),
                memory.shiftSince(),
                List.copyOf(memory.drains().pods().keySet()),
                memory.budgets().budgets().values().stream()
                        .filter(budget -> !budget.slots().isEmpty())
                        .map(budget -> List.of(
                                budget.target(),
                                budget.window(),
                                budget.slots().lastKey(),
                                budget.slots().get(budget.slots().lastKey())))
                        .toList(),
                kept.benches(),
                kept.quotas());
    }
}
