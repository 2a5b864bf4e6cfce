package dev.gearshift.metrics;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import java.util.Comparator;

/** One pod of the fleet. Ordered by model, tier and name. */
public record PodKey(ModelKey model, TierName tier, String pod) implements Comparable<PodKey> {

    private static final Comparator<PodKey> ORDER =
            Comparator.comparing(PodKey::model).thenComparing(PodKey::tier).thenComparing(PodKey::pod);

    /** The pod a target is. */
    public static PodKey of(Target target) {
        return new PodKey(target.model(), target.tier(), target.pod());
    }

    @Override
    public int compareTo(PodKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return model.namespace() + "/" + pod;
    }
}
