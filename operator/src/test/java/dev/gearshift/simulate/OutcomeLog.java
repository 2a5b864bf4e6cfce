package dev.gearshift.simulate;

import java.util.ArrayList;
import java.util.List;

/** Keeps what an engine reports. */
final class OutcomeLog implements EngineListener {

    final List<RequestOutcome> outcomes = new ArrayList<>();

    @Override
    public void ended(RequestOutcome outcome) {
        outcomes.add(outcome);
    }

    List<RequestOutcome.Completed> completed() {
        return outcomes.stream()
                .filter(RequestOutcome.Completed.class::isInstance)
                .map(RequestOutcome.Completed.class::cast)
                .toList();
    }

    List<RequestOutcome.Failed> failed() {
        return outcomes.stream()
                .filter(RequestOutcome.Failed.class::isInstance)
                .map(RequestOutcome.Failed.class::cast)
                .toList();
    }
}
