package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what decisions did, and keeps those that changed something. */
final class DecisionTally {

    private final SortedMap<ModelKey, Decision> newest = new TreeMap<>();
    private final List<DemoReport.Entry> entries = new ArrayList<>();
    private int scaleUps;
    private int scaleDowns;
    private int shifts;

    /** Takes note of a decision; the answer is what is worth telling about it, if anything. */
    Optional<String> add(Decision decision) {
        Decision before = newest.put(decision.model(), decision);
        Gear from = before == null ? Gear.EMPTY : before.target();
        Gear to = decision.target();
        if (before != null) {
            if (to.total() > from.total()) {
                scaleUps++;
            } else if (to.total() < from.total()) {
                scaleDowns++;
            }
            if (!to.replicas().keySet().equals(from.replicas().keySet())) {
                shifts++;
            }
        }
        boolean aims = before == null || !from.equals(to);
        boolean moves = aims || !before.plan().equals(decision.plan());
        boolean news = isWorthTelling(decision.headline())
                && (before == null
                        || before.headline().kind() != decision.headline().kind());
        if (!moves && !news) {
            return Optional.empty();
        }
        String message = ReasonText.of(decision.headline());
        entries.add(new DemoReport.Entry(
                decision.time().toString(),
                decision.model().toString(),
                decision.headline().kind().name(),
                message,
                decision.plan().gear().toString(),
                to.toString(),
                decision.cost().perHour().dollars().setScale(4, RoundingMode.HALF_EVEN)));
        return aims || news ? Optional.of(message) : Optional.empty();
    }

    /** The newest decision on a model. */
    Optional<Decision> newest(ModelKey model) {
        return Optional.ofNullable(newest.get(model));
    }

    /** The last thing worth telling. */
    Optional<String> lastMessage() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).message());
    }

    /** The decisions that changed something, in order. */
    List<DemoReport.Entry> entries() {
        return List.copyOf(entries);
    }

    /** Decisions that raised the number of replicas aimed at, the first start not counted. */
    int scaleUps() {
        return scaleUps;
    }

    /** Decisions that lowered the number of replicas aimed at. */
    int scaleDowns() {
        return scaleDowns;
    }

    /** Decisions that changed which tiers are used, the first start not counted. */
    int shifts() {
        return shifts;
    }

    private static boolean isWorthTelling(Reason reason) {
        return reason.kind() != ReasonKind.STEADY && reason.kind() != ReasonKind.RELEASE_DEFERRED;
    }
}
