package dev.gearshift.kubernetes.view;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.SchedulingFact;
import dev.gearshift.core.model.SchedulingFact.Kind;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the cluster said about placing replicas: the scheduler in the pods' conditions, node autoscalers in events, quotas in the
 * Deployments' conditions.
 */
final class SchedulingFacts {

    private final Map<String, List<Event>> byPod = new TreeMap<>();

    /** Facts from the events about pods. */
    SchedulingFacts(Collection<Event> events) {
        for (Event event : events) {
            if (event.getInvolvedObject() != null) {
                String pod = event.getInvolvedObject().getNamespace() + "/"
                        + event.getInvolvedObject().getName();
                byPod.computeIfAbsent(pod, any -> new ArrayList<>()).add(event);
            }
        }
    }

    /** What was said of one model's pods and Deployments. */
    List<SchedulingFact> of(ModelKey model, Collection<Pod> pods, Collection<Deployment> deployments) {
        List<SchedulingFact> facts = new ArrayList<>();
        for (Pod pod : pods) {
            Replicas.tier(pod).ifPresent(tier -> {
                unschedulable(pod, tier).ifPresent(facts::add);
                byPod.getOrDefault(model.namespace() + "/" + pod.getMetadata().getName(), List.of()).stream()
                        .flatMap(event -> told(event, pod, tier).stream())
                        .forEach(facts::add);
            });
        }
        deployments.stream().flatMap(SchedulingFacts::quota).forEach(facts::add);
        return List.copyOf(facts);
    }

    private static Optional<SchedulingFact> unschedulable(Pod pod, TierName tier) {
        return Replicas.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .filter(condition -> "Unschedulable".equals(condition.getReason()))
                .flatMap(condition -> Replicas.instant(condition.getLastTransitionTime()))
                .map(at -> fact(Kind.FAILED_SCHEDULING, tier, pod, at));
    }

    private static Optional<SchedulingFact> told(Event event, Pod pod, TierName tier) {
        String uid = event.getInvolvedObject().getUid();
        if (uid != null && !uid.equals(pod.getMetadata().getUid())) {
            return Optional.empty();
        }
        Kind kind = "NotTriggerScaleUp".equals(event.getReason()) ? Kind.SCALE_UP_REFUSED : Kind.SCALE_UP_TRIGGERED;
        return time(event).map(at -> fact(kind, tier, pod, at));
    }

    /** When an event was last said. */
    private static Optional<Instant> time(Event event) {
        return Stream.of(
                        event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                                ? null
                                : event.getSeries().getLastObservedTime().getTime(),
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp(),
                        event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .flatMap(text -> Replicas.instant(text).stream())
                .findFirst();
    }

    private static Stream<SchedulingFact> quota(Deployment deployment) {
        String tier = deployment.getMetadata().getLabels() == null
                ? null
                : deployment.getMetadata().getLabels().get(Labels.TIER);
        if (tier == null
                || tier.isBlank()
                || deployment.getStatus() == null
                || deployment.getStatus().getConditions() == null) {
            return Stream.empty();
        }
        return deployment.getStatus().getConditions().stream()
                .filter(SchedulingFacts::isQuota)
                .flatMap(condition -> Replicas.instant(condition.getLastUpdateTime()).stream())
                .map(at -> new SchedulingFact(Kind.QUOTA_EXCEEDED, new TierName(tier), Optional.empty(), at));
    }

    private static boolean isQuota(DeploymentCondition condition) {
        return "ReplicaFailure".equals(condition.getType())
                && "True".equals(condition.getStatus())
                && condition.getMessage() != null
                && condition.getMessage().contains("exceeded quota");
    }

    private static SchedulingFact fact(Kind kind, TierName tier, Pod pod, Instant at) {
        return new SchedulingFact(kind, tier, Optional.of(pod.getMetadata().getName()), at);
    }
}
