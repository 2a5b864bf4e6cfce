package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a Deployment's status should say. */
final class DeploymentStatuses {

    private DeploymentStatuses() {}

    static DeploymentStatus of(Deployment deployment, Optional<ReplicaSet> newest, List<ReplicaSet> sets, String time) {
        int wanted = deployment.getSpec().getReplicas();
        int replicas = sum(sets, ReplicaSetStatus::getReplicas);
        int available = sum(sets, ReplicaSetStatus::getAvailableReplicas);
        int updated = sum(newest.stream().toList(), ReplicaSetStatus::getReplicas);
        int newAvailable = sum(newest.stream().toList(), ReplicaSetStatus::getAvailableReplicas);
        boolean enough = available >= wanted - Rollout.of(deployment).maxUnavailable();
        boolean done = newest.isPresent() && updated == wanted && replicas == wanted && newAvailable == wanted;
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withReadyReplicas(sum(sets, ReplicaSetStatus::getReadyReplicas))
                .withAvailableReplicas(available)
                .withUnavailableReplicas(Math.max(0, wanted - available))
                .withConditions(
                        condition(
                                deployment,
                                "Available",
                                enough ? "True" : "False",
                                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                                enough
                                        ? "Deployment has minimum availability."
                                        : "Deployment does not have minimum availability.",
                                time),
                        condition(
                                deployment,
                                "Progressing",
                                "True",
                                done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                                done ? "The newest ReplicaSet is complete." : "The newest ReplicaSet is progressing.",
                                time))
                .addAllToConditions(sets.stream()
                        .flatMap(DeploymentStatuses::failures)
                        .limit(1)
                        .toList())
                .build();
    }

    /** Why a ReplicaSet could not create a pod. */
    private static Stream<DeploymentCondition> failures(ReplicaSet set) {
        return set.getStatus() == null
                ? Stream.empty()
                : set.getStatus().getConditions().stream()
                        .map(failure -> new DeploymentConditionBuilder()
                                .withType(failure.getType())
                                .withStatus(failure.getStatus())
                                .withReason(failure.getReason())
                                .withMessage(failure.getMessage())
                                .withLastUpdateTime(failure.getLastTransitionTime())
                                .withLastTransitionTime(failure.getLastTransitionTime())
                                .build());
    }

    private static int sum(List<ReplicaSet> sets, Function<ReplicaSetStatus, Integer> count) {
        return sets.stream()
                .map(ReplicaSet::getStatus)
                .filter(Objects::nonNull)
                .map(count)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static DeploymentCondition condition(
            Deployment deployment, String type, String status, String reason, String message, String time) {
        Optional<DeploymentCondition> before = Optional.ofNullable(deployment.getStatus()).stream()
                .flatMap(present -> present.getConditions().stream())
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
        boolean same = before.filter(
                        condition -> status.equals(condition.getStatus()) && reason.equals(condition.getReason()))
                .isPresent();
        DeploymentCondition condition = new DeploymentCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastUpdateTime(before.filter(present -> same)
                .map(DeploymentCondition::getLastUpdateTime)
                .orElse(time));
        condition.setLastTransitionTime(before.filter(present -> status.equals(present.getStatus()))
                .map(DeploymentCondition::getLastTransitionTime)
                .orElse(time));
        return condition;
    }
}
