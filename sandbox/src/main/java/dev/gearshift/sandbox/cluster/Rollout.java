package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a rolling update, as the deployment controller of Kubernetes does it: never more than
 * {@code replicas + maxSurge} pods in all, never fewer than {@code replicas − maxUnavailable} available ones; old pods that are
 * not available go first.
 *
 * @param replicas how many the Deployment asks for
 * @param maxSurge pods beyond that
 * @param maxUnavailable pods short of that
 */
record Rollout(int replicas, int maxSurge, int maxUnavailable) {

    private static final int DEFAULT_PERCENT = 25;

    static Rollout of(Deployment deployment) {
        int replicas = deployment.getSpec().getReplicas();
        var strategy = deployment.getSpec().getStrategy();
        RollingUpdateDeployment rolling = strategy == null ? null : strategy.getRollingUpdate();
        int surge = resolve(rolling == null ? null : rolling.getMaxSurge(), replicas, true);
        int unavailable = resolve(rolling == null ? null : rolling.getMaxUnavailable(), replicas, false);
        return new Rollout(replicas, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    private static int resolve(@Nullable IntOrString value, int replicas, boolean up) {
        Integer number = value == null ? null : value.getIntVal();
        if (number != null) {
            return number;
        }
        String text = value == null ? null : value.getStrVal();
        int percent = text == null ? DEFAULT_PERCENT : Integer.parseInt(text.replace("%", ""));
        return up ? (percent * replicas + 99) / 100 : percent * replicas / 100;
    }

    /** How many replicas each ReplicaSet is to have next, those that stay as they are left out. */
    Map<ReplicaSet, Integer> next(ReplicaSet newest, List<ReplicaSet> old) {
        Map<ReplicaSet, Integer> next = new LinkedHashMap<>();
        int oldTotal = old.stream().mapToInt(Rollout::replicas).sum();
        int newReplicas = replicas(newest);
        if (newReplicas > replicas) {
            next.put(newest, replicas);
        } else {
            int room = replicas + maxSurge - oldTotal - newReplicas;
            next.put(newest, newReplicas + Math.max(0, Math.min(room, replicas - newReplicas)));
        }
        shrinkOld(newest, old, oldTotal, next);
        return next;
    }

    private void shrinkOld(ReplicaSet newest, List<ReplicaSet> old, int oldTotal, Map<ReplicaSet, Integer> next) {
        int newReplicas = next.getOrDefault(newest, replicas(newest));
        int minAvailable = replicas - maxUnavailable;
        int newUnavailable = Math.max(0, newReplicas - available(newest));
        int removable = oldTotal + newReplicas - minAvailable - newUnavailable;
        for (ReplicaSet set : old) {
            int unhealthy = Math.min(Math.max(0, replicas(set) - available(set)), Math.max(0, removable));
            next.put(set, replicas(set) - unhealthy);
            removable -= unhealthy;
        }
        int allAvailable = available(newest);
        for (ReplicaSet set : old) {
            allAvailable += Math.min(available(set), next.getOrDefault(set, 0));
        }
        int spare = allAvailable - minAvailable;
        for (ReplicaSet set : old) {
            int count = Math.min(next.getOrDefault(set, 0), Math.max(0, spare));
            next.merge(set, -count, Integer::sum);
            spare -= count;
        }
    }

    private static int replicas(ReplicaSet set) {
        return set.getSpec().getReplicas();
    }

    private static int available(ReplicaSet set) {
        Integer available = set.getStatus() == null ? null : set.getStatus().getAvailableReplicas();
        return available == null ? 0 : available;
    }
}
