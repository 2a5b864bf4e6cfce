package dev.gearshift.kubernetes.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.view.Replicas;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Marks pods on their way out. One that finishes its requests is taken out of the Services and is a likely victim when
 * the number of replicas is lowered; one that has finished is the likeliest of those that are ready. A pod that is wanted again loses its marks.
 */
final class ReplicaMarks {

    private static final String DRAINING_COST = "-1000";
    private static final String DRAINED_COST = "-2000";

    private final KubernetesClient client;

    ReplicaMarks(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Brings the marks of pods to what a plan says.
     *
     * @return tiers with a pod that was only now marked as finished: the ReplicaSet controller would take another one if it saw the
     *     number of replicas lowered before the mark, which is less likely once our own cache has it
     */
    SortedSet<TierName> mark(Collection<Pod> pods, Plan plan) {
        SortedSet<TierName> fresh = new TreeSet<>();
        for (Pod pod : pods) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                continue;
            }
            String name = pod.getMetadata().getName();
            boolean drained = plan.drained().contains(name);
            boolean leaves = drained || plan.draining().contains(name);
            @Nullable String serving = leaves ? null : "true";
            @Nullable String cost = drained ? DRAINED_COST : leaves ? DRAINING_COST : null;
            if (!Objects.equals(value(pod.getMetadata().getLabels(), Labels.SERVING), serving)
                    || !Objects.equals(value(pod.getMetadata().getAnnotations(), Labels.POD_DELETION_COST), cost)) {
                patch(pod, serving, cost);
                if (drained) {
                    Replicas.tier(pod).ifPresent(tier -> fresh.add(tier));
                }
            }
        }
        return Collections.unmodifiableSortedSet(fresh);
    }

    private static @Nullable String value(@Nullable Map<String, String> values, String key) {
        return values == null ? null : values.get(key);
    }

    private void patch(Pod pod, @Nullable String serving, @Nullable String cost) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.putObject("labels").put(Labels.SERVING, serving);
        metadata.putObject("annotations").put(Labels.POD_DELETION_COST, cost);
        try {
            client.resource(pod).patch(Patches.MERGE, patch.toString());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
