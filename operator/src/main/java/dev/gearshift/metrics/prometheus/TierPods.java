package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.PodKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The pods of one tier:
 *
 * <ul>
 *   <li><b>answering</b>: ready, with fresh figures (with stale ones if nobody has fresh ones);
 *   <li><b>silent</b>: ready, but not among these; assumed to be as busy as they are;
 *   <li><b>others</b>: not ready, or ready for so short a time that their scrapes may not have begun. Their load counts as far as it
 *       is fresh.
 * </ul>
 */
final class TierPods {

    /** Less than this of a window says too little to be made up to a whole one. */
    private static final double LEAST_HEARD = .25;

    private final List<PodLoad> answering = new ArrayList<>();
    private final List<PodLoad> others = new ArrayList<>();
    private final int due;
    private final double heard;
    private final long fresh;

    /**
     * The pods of a tier.
     *
     * @param targets those that are there
     * @param shown what was seen of them, by name
     * @param isNew whether a pod is not missed yet
     * @param seen for which part of the planning window a pod was seen, up to now
     */
    TierPods(List<Target> targets, Map<String, PodLoad> shown, Predicate<PodKey> isNew, ToDoubleFunction<PodKey> seen) {
        List<PodLoad> known = new ArrayList<>();
        int expected = 0;
        double heardOf = 0;
        for (Target target : targets) {
            PodLoad load = shown.get(target.pod());
            boolean told = load != null && load.freshness() != Freshness.ABSENT;
            if (target.ready() && (told || !isNew.test(PodKey.of(target)))) {
                expected++;
                heardOf += seen.applyAsDouble(PodKey.of(target));
                if (load != null && told) {
                    known.add(load);
                }
            } else if (load != null) {
                others.add(load);
            }
        }
        due = expected;
        heard = heardOf;
        fresh = known.stream().filter(TierPods::isFresh).count();
        known.stream().filter(load -> fresh == 0 || isFresh(load)).forEach(answering::add);
    }

    /** Whether it was heard of lately; what else may be missing from an answer makes it no older. */
    private static boolean isFresh(PodLoad load) {
        return load.freshness().compareTo(Freshness.PARTIAL) <= 0;
    }

    /** Whether any pod should have been heard. */
    boolean isDue() {
        return due > 0;
    }

    /** By how much the load that the answering pods show must be multiplied to include the silent ones. */
    private double scale() {
        return answering.isEmpty() ? 1 : due / (double) answering.size();
    }

    /**
     * By how much the tier's rates must be multiplied. They hold what a silent pod did while it was still heard of, so it is only the
     * rest of the window that is missing of it.
     */
    double rateScale() {
        return answering.isEmpty() ? 1 : due / Math.max(heard, LEAST_HEARD * answering.size());
    }

    /** Fresh when at least half of those due are, stale when anybody tells anything, absent otherwise. */
    Freshness freshness() {
        if (due == 0) {
            return others.stream()
                    .map(PodLoad::freshness)
                    .min(Comparator.naturalOrder())
                    .orElse(Freshness.ABSENT);
        }
        if (answering.isEmpty()) {
            return Freshness.ABSENT;
        }
        return fresh > 0 && 2 * fresh >= due ? Freshness.FRESH : Freshness.STALE;
    }

    /** A figure of the tier: that of the answering pods, scaled, and of the others. */
    double sum(ToDoubleFunction<PodLoad> of) {
        double told = answering.stream().mapToDouble(of).sum() * scale();
        return told + others.stream().filter(TierPods::isFresh).mapToDouble(of).sum();
    }
}
