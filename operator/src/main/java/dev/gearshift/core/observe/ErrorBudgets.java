package dev.gearshift.core.observe;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.observe.ErrorBudget.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The error budgets of one model's latency targets.
 *
 * <p>Each look counts the requests since the look before. With N = offered rate × time between them, F ≤ N of them failed, and
 * attainment a between bounds:
 *
 * <pre>max(F, N·(1 − a.high)) ≤ missed ≤ min(N, F + N·(1 − a.low))</pre>
 *
 * A failed request missed, whether or not the engine has it among its latencies; one that its client gave up did not. The attainment is that of the observation window,
 * which is longer than a look: a burst of misses is spread over it, none is lost. Requests that still wait are judged like those
 * that are answered meanwhile. Nothing is counted for a target the engine tells nothing about, without fresh metrics, and for the
 * time since the last fresh look when there was a gap.
 *
 * @param budgets by objective
 * @param counted until when requests are counted; empty unless the last look was fresh
 */
public record ErrorBudgets(SortedMap<LatencyObjective, ErrorBudget> budgets, Optional<Instant> counted) {

    /** Nothing was counted yet. */
    public static final ErrorBudgets NONE = new ErrorBudgets(new TreeMap<>(), Optional.empty());

    /** Looks further apart than this have a gap between them; planning is never less often than every 5 minutes. */
    public static final Duration LONGEST_STEP = Duration.ofMinutes(6);

    public ErrorBudgets {
        budgets = Collections.unmodifiableSortedMap(new TreeMap<>(budgets));
    }

    /**
     * The budgets after one more look. The budget of a target that was changed begins anew; that of one whose percentile or window
     * was changed goes on.
     *
     * @param verdicts how each target does, in the observation window
     * @param seen what was observed
     * @param window the window of the budgets
     * @param now the present
     */
    public ErrorBudgets after(List<LatencyVerdict> verdicts, ModelObservation seen, Duration window, Instant now) {
        boolean fresh = seen.freshness() == Freshness.FRESH;
        Duration step = counted.filter(last -> fresh && last.isBefore(now))
                .map(last -> Duration.between(last, now))
                .filter(since -> since.compareTo(LONGEST_STEP) <= 0)
                .orElse(Duration.ZERO);
        SortedMap<LatencyObjective, ErrorBudget> next = new TreeMap<>();
        for (LatencyVerdict verdict : verdicts) {
            LatencyTarget target = verdict.target();
            ErrorBudget budget = Optional.ofNullable(budgets.get(target.objective()))
                    .filter(known -> known.target().equals(target.target()))
                    .map(known -> known.over(window))
                    .orElseGet(() -> ErrorBudget.untouched(target.target(), window));
            Requests requests = verdict.attainment()
                    .map(attainment -> requests(seen, attainment, step))
                    .orElse(new Requests(0, 0, 0));
            next.put(target.objective(), budget.with(requests, now));
        }
        return new ErrorBudgets(next, fresh ? Optional.of(now) : Optional.empty());
    }

    /** What is left of a target's budget; empty while too few requests were counted. */
    public Optional<BudgetRange> remaining(LatencyTarget target, Instant now) {
        return Optional.ofNullable(budgets.get(target.objective()))
                .filter(known -> known.target().equals(target.target()))
                .flatMap(known -> known.remaining(target.percentile(), now));
    }

    private static Requests requests(ModelObservation seen, ShareRange attainment, Duration step) {
        double seconds = step.toNanos() / 1e9;
        double arrived = seen.offered().perSecond() * seconds;
        double failed = Math.min(arrived, seen.failed().perSecond() * seconds);
        double least = Math.max(failed, arrived * attainment.high().rest().value());
        double most =
                Math.min(arrived, failed + arrived * attainment.low().rest().value());
        return new Requests(arrived, least, Math.max(least, most));
    }
}
