package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Agenda;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps as many pods as a ReplicaSet asks for. Pods on their way out count neither way, as in a real cluster. Names are numbered
 * instead of random: {@code chat-5c9d-00001}. Pods are not adopted or released by label; only owner references count.
 */
final class ReplicaSetController implements Controller {

    private final Cluster cluster;
    private final Agenda agenda;
    private final Quotas quotas;
    private final WorldLog log;
    private final Map<String, Integer> numbers = new HashMap<>();

    ReplicaSetController(Cluster cluster, Agenda agenda, Quotas quotas, WorldLog log) {
        this.cluster = cluster;
        this.agenda = agenda;
        this.quotas = quotas;
        this.log = log;
    }

    @Override
    public void reconcile(Instant now) {
        for (ReplicaSet set : cluster.list(ReplicaSet.class)) {
            if (set.getMetadata().getDeletionTimestamp() == null) {
                List<Pod> active = active(set);
                int missing = set.getSpec().getReplicas() - active.size();
                Optional<String> refusal = Optional.empty();
                for (int i = 0; i < missing && refusal.isEmpty(); i++) {
                    refusal = quotas.refusal(
                            cluster.pods(),
                            set.getMetadata().getNamespace(),
                            set.getMetadata().getName() + "-");
                    if (refusal.isEmpty()) {
                        create(set, now);
                    }
                }
                if (missing < 0) {
                    delete(active, -missing, now);
                }
                writeStatus(set, refusal, now);
            }
        }
    }

    private List<Pod> active(ReplicaSet set) {
        return cluster.controlledBy(set, Pod.class).stream()
                .filter(Pods::isActive)
                .toList();
    }

    private void create(ReplicaSet set, Instant now) {
        int number = numbers.merge(set.getMetadata().getUid(), 1, Integer::sum);
        String name = "%s-%05d".formatted(set.getMetadata().getName(), number);
        var template = set.getSpec().getTemplate();
        cluster.create(new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(Cluster.controller(set))
                .endMetadata()
                .withSpec(template.getSpec())
                .withNewStatus()
                .withPhase("Pending")
                .endStatus()
                .build());
        log.add(now, "Pod " + name, "created");
    }

    private void delete(List<Pod> active, int count, Instant now) {
        List<Pod> victims =
                active.stream().sorted(VictimOrder.among(active)).limit(count).toList();
        for (Pod victim : victims) {
            log.add(now, "Pod " + victim.getMetadata().getName(), "deleted");
            cluster.delete(victim);
        }
    }

    private void writeStatus(ReplicaSet set, Optional<String> refusal, Instant now) {
        List<Pod> active = active(set);
        int ready = (int) active.stream().filter(Pods::isReady).count();
        ReplicaSetStatus status = new ReplicaSetStatusBuilder()
                .withReplicas(active.size())
                .withFullyLabeledReplicas(active.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(available(set, active, now))
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withConditions(
                        refusal.stream().map(words -> failure(set, words, now)).toList())
                .build();
        if (!status.equals(set.getStatus())) {
            cluster.updateStatus(new ReplicaSetBuilder(set).withStatus(status).build());
        }
    }

    private static ReplicaSetCondition failure(ReplicaSet set, String words, Instant now) {
        return Optional.ofNullable(set.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .findFirst()
                .orElseGet(() -> new ReplicaSetConditionBuilder()
                        .withType("ReplicaFailure")
                        .withStatus("True")
                        .withReason("FailedCreate")
                        .withMessage(words)
                        .withLastTransitionTime(Timestamps.of(now))
                        .build());
    }

    private int available(ReplicaSet set, List<Pod> active, Instant now) {
        Integer minReady = set.getSpec().getMinReadySeconds();
        int available = 0;
        for (Pod pod : active) {
            if (Pods.isReady(pod)) {
                Instant from = VictimOrder.readySince(pod).plusSeconds(minReady == null ? 0 : minReady);
                if (from.isAfter(now)) {
                    agenda.wakeAt(from);
                } else {
                    available++;
                }
            }
        }
        return available;
    }
}
