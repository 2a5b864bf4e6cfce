package dev.gearshift.sandbox.traffic;

import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.RequestOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the requests that arrived: each is served, failed or unfinished. */
public final class TrafficAccount {

    private final List<RequestOutcome> outcomes = new ArrayList<>();
    private final Map<FailureCause, Long> failedByCause = new EnumMap<>(FailureCause.class);
    private long arrived;
    private long failed;

    void arrived() {
        arrived++;
    }

    void ended(RequestOutcome outcome) {
        outcomes.add(outcome);
        if (outcome instanceof RequestOutcome.Failed failure) {
            failed++;
            failedByCause.merge(failure.cause(), 1L, Long::sum);
        }
    }

    /** Requests that arrived. */
    public long arrivals() {
        return arrived;
    }

    /** Requests served to their last token. */
    public long served() {
        return outcomes.size() - failed;
    }

    /** Requests that failed. */
    public long failed() {
        return failed;
    }

    /** Requests that failed, by cause, in the order of the causes; causes without any are left out. */
    public Map<FailureCause, Long> failedByCause() {
        return Collections.unmodifiableMap(new EnumMap<>(failedByCause));
    }

    /** Requests that arrived and have not ended. */
    public long unfinished() {
        return arrived - outcomes.size();
    }

    /** How requests ended, in the order in which it became known; a view that grows. */
    public List<RequestOutcome> outcomes() {
        return Collections.unmodifiableList(outcomes);
    }
}
