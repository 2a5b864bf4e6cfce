package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one ReplicaSet per pod template of a Deployment and moves replicas from the old ones to the newest, by rolling update or
 * by recreation. A paused Deployment is scaled but not rolled. Not modelled: progress deadlines, rollbacks, scaling several
 * ReplicaSets in proportion in the middle of a roll-out (the newest takes the change).
 */
final class DeploymentController implements Controller {

    static final String REVISION = "deployment.kubernetes.io/revision";

    private static final int HISTORY = 10;

    private final Cluster cluster;

    DeploymentController(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void reconcile(Instant now) {
        for (Deployment deployment : cluster.list(Deployment.class)) {
            if (deployment.getMetadata().getDeletionTimestamp() == null) {
                String hash = TemplateHash.of(deployment.getSpec().getTemplate());
                if (newest(deployment, hash).isEmpty() && mayCreate(deployment)) {
                    cluster.create(replicaSet(deployment, hash, nextRevision(deployment)));
                }
                roll(deployment, hash);
                forget(deployment, hash);
                writeStatus(deployment, hash, now);
            }
        }
    }

    private List<ReplicaSet> sets(Deployment deployment) {
        return cluster.controlledBy(deployment, ReplicaSet.class);
    }

    private Optional<ReplicaSet> newest(Deployment deployment, String hash) {
        return sets(deployment).stream().filter(set -> hash.equals(hash(set))).findFirst();
    }

    private List<ReplicaSet> old(Deployment deployment, String hash) {
        return sets(deployment).stream()
                .filter(set -> !hash.equals(hash(set)))
                .sorted(Comparator.comparing(DeploymentController::revision))
                .toList();
    }

    private static String hash(ReplicaSet set) {
        return set.getMetadata().getLabels().getOrDefault(TemplateHash.LABEL, "");
    }

    private boolean mayCreate(Deployment deployment) {
        return !isPaused(deployment) && (!isRecreate(deployment) || !hasPods(deployment));
    }

    private boolean hasPods(Deployment deployment) {
        return sets(deployment).stream()
                .anyMatch(set -> !cluster.controlledBy(set, Pod.class).isEmpty());
    }

    private void roll(Deployment deployment, String hash) {
        int wanted = deployment.getSpec().getReplicas();
        List<ReplicaSet> old = old(deployment, hash);
        Optional<ReplicaSet> newest = newest(deployment, hash);
        if (isPaused(deployment)) {
            newest.or(() -> old.stream().reduce((a, b) -> b)).ifPresent(set -> scale(set, wanted));
        } else if (isRecreate(deployment)) {
            old.forEach(set -> scale(set, 0));
            boolean clear = old.stream()
                    .allMatch(set -> cluster.controlledBy(set, Pod.class).isEmpty());
            newest.filter(set -> clear).ifPresent(set -> scale(set, wanted));
        } else if (newest.isPresent()) {
            Rollout.of(deployment).next(newest.get(), old).forEach(this::scale);
        }
    }

    private void scale(ReplicaSet set, int replicas) {
        if (set.getSpec().getReplicas() != replicas) {
            cluster.update(new ReplicaSetBuilder(set)
                    .editSpec()
                    .withReplicas(replicas)
                    .endSpec()
                    .build());
        }
    }

    private void forget(Deployment deployment, String hash) {
        Integer limit = deployment.getSpec().getRevisionHistoryLimit();
        List<ReplicaSet> empty = old(deployment, hash).stream()
                .filter(set -> set.getSpec().getReplicas() == 0
                        && cluster.controlledBy(set, Pod.class).isEmpty())
                .toList();
        int surplus = empty.size() - (limit == null ? HISTORY : limit);
        for (int i = 0; i < surplus; i++) {
            cluster.delete(empty.get(i));
        }
    }

    private void writeStatus(Deployment deployment, String hash, Instant now) {
        DeploymentStatus status =
                DeploymentStatuses.of(deployment, newest(deployment, hash), sets(deployment), Timestamps.of(now));
        if (!status.equals(deployment.getStatus())) {
            cluster.updateStatus(
                    new DeploymentBuilder(deployment).withStatus(status).build());
        }
    }

    private int nextRevision(Deployment deployment) {
        return 1
                + sets(deployment).stream()
                        .mapToInt(DeploymentController::revision)
                        .max()
                        .orElse(0);
    }

    private static int revision(ReplicaSet set) {
        return Integer.parseInt(set.getMetadata().getAnnotations().getOrDefault(REVISION, "0"));
    }

    private static boolean isPaused(Deployment deployment) {
        return Boolean.TRUE.equals(deployment.getSpec().getPaused());
    }

    private static boolean isRecreate(Deployment deployment) {
        var strategy = deployment.getSpec().getStrategy();
        return strategy != null && "Recreate".equals(strategy.getType());
    }

    private static ReplicaSet replicaSet(Deployment deployment, String hash, int revision) {
        var template = deployment.getSpec().getTemplate();
        Map<String, String> labels = new LinkedHashMap<>(template.getMetadata().getLabels());
        labels.put(TemplateHash.LABEL, hash);
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(labels)
                .withAnnotations(Map.of(REVISION, Integer.toString(revision)))
                .withOwnerReferences(Cluster.controller(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
                .withNewSelector()
                .withMatchExpressions(deployment.getSpec().getSelector().getMatchExpressions())
                .withMatchLabels(deployment.getSpec().getSelector().getMatchLabels())
                .addToMatchLabels(TemplateHash.LABEL, hash)
                .endSelector()
                .withNewTemplateLike(template)
                .editMetadata()
                .addToLabels(TemplateHash.LABEL, hash)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }
}
