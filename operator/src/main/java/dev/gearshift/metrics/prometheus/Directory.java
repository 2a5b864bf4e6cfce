package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.PodKey;
import dev.gearshift.prometheus.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose an element of an answer is. Elements of models and pods that are none of ours mean nothing, so that what is kept of
 * an answer is bounded by the fleet. Used by the readers of several answers at once.
 */
final class Directory {

    /** A model has no more tiers than this, those it once had included. */
    private static final int MOST_TIERS = 64;

    /** A tier of a model. */
    record Place(ModelKey model, TierName tier) {}

    private static final class Known {

        private final ModelKey key;
        private final String tag;
        private final Map<String, Place> tiers = new ConcurrentHashMap<>();

        Known(ModelKey key, String tag) {
            this.key = key;
            this.tag = tag;
        }

        @Nullable
        Place place(String tier) {
            Place known = tiers.get(tier);
            return known != null || tier.isBlank() || tiers.size() >= MOST_TIERS
                    ? known
                    : tiers.computeIfAbsent(tier, name -> new Place(key, new TierName(name)));
        }
    }

    private final TargetLabels labels;
    private final Map<String, Map<String, Known>> models = new HashMap<>();
    private final Map<String, Map<String, PodKey>> pods = new HashMap<>();
    private final Set<Place> labelled = ConcurrentHashMap.newKeySet();

    /** A directory of a fleet whose engines are all of one kind. */
    Directory(TargetLabels labels, Collection<Target> targets) {
        this(labels, targets, model -> "");
    }

    /**
     * A directory.
     *
     * @param tags how elements tell that they were asked for in a model's dialect
     */
    Directory(TargetLabels labels, Collection<Target> targets, Function<ModelKey, String> tags) {
        this.labels = labels;
        for (Target target : targets) {
            String namespace = target.model().namespace();
            models.computeIfAbsent(namespace, any -> new HashMap<>())
                    .computeIfAbsent(
                            target.model().name(), any -> new Known(target.model(), tags.apply(target.model())));
            pods.computeIfAbsent(namespace, any -> new HashMap<>()).put(target.pod(), PodKey.of(target));
        }
    }

    /** The tier an element is of, by its labels or by its pod; null when it is none of ours, or not of its engine. */
    @Nullable
    Place place(Sample sample) {
        String model = sample.labelOrEmpty(labels.model());
        if (model.isEmpty()) {
            PodKey pod = pod(sample);
            Known known = pod == null ? null : known(pod.model());
            return known == null || pod == null ? null : known.place(pod.tier().value());
        }
        Known known = known(sample.labelOrEmpty(labels.namespace()), model);
        Place place =
                known == null || !isOfItsEngine(sample, known) ? null : known.place(sample.labelOrEmpty(labels.tier()));
        if (place != null) {
            labelled.add(place);
        }
        return place;
    }

    /** Whether an element tells of one pod only, because it does not carry the labels of its tier. */
    boolean isOfOnePod(Sample sample) {
        return sample.labelOrEmpty(labels.model()).isEmpty();
    }

    private static boolean isOfItsEngine(Sample sample, Known known) {
        return sample.labelOrEmpty(Expressions.DIALECT).equals(known.tag);
    }

    /** Whether an element told by labels that it is of this tier. */
    boolean isLabelled(Place place) {
        return labelled.contains(place);
    }

    /** The pod an element is of; null when it is none of ours, or not of its engine. */
    @Nullable
    PodKey pod(Sample sample) {
        Map<String, PodKey> inNamespace = pods.get(sample.labelOrEmpty(labels.namespace()));
        PodKey pod = inNamespace == null ? null : inNamespace.get(sample.labelOrEmpty(labels.pod()));
        Known known = pod == null ? null : known(pod.model());
        return known == null || !isOfItsEngine(sample, known) ? null : pod;
    }

    private @Nullable Known known(ModelKey model) {
        return known(model.namespace(), model.name());
    }

    private @Nullable Known known(String namespace, String model) {
        Map<String, Known> inNamespace = models.get(namespace);
        return inNamespace == null ? null : inNamespace.get(model);
    }
}
