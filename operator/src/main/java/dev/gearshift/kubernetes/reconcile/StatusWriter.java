package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.status.DecisionEvents;
import dev.gearshift.kubernetes.status.EventWriter;
import dev.gearshift.kubernetes.status.ModelStatus;
import dev.gearshift.kubernetes.status.StatusWorth;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes the status of model deployments when there is something to say, and the events that go with it. */
final class StatusWriter {

    /** What was told last about a model. */
    private record Told(Optional<Decision> decision, Optional<Instant> written) {}

    private final KubernetesClient client;
    private final EventWriter events;
    private final Map<ModelKey, Told> told = new ConcurrentHashMap<>();

    StatusWriter(KubernetesClient client) {
        this.client = client;
        this.events = new EventWriter(client);
    }

    void write(ModelStatus.Facts facts, Instant now) {
        ModelDeployment model = facts.resource();
        Optional<Decision> decision = facts.decision();
        ModelKey key = new ModelKey(
                model.getMetadata().getNamespace(), model.getMetadata().getName());
        Told before = told.getOrDefault(key, new Told(Optional.empty(), Optional.empty()));
        ModelDeploymentStatus next = ModelStatus.of(facts, model.getStatus(), now);
        Optional<Instant> written = before.written();
        if (StatusWorth.isWorthWriting(model.getStatus(), next, written, now)) {
            apply(model, next);
            written = Optional.of(now);
        }
        decision.ifPresent(
                made -> DecisionEvents.of(before.decision(), made).forEach(event -> events.write(model, event, now)));
        told.put(key, new Told(decision, written));
    }

    /** Forgets everything about other models than these. */
    void retain(Set<ModelKey> models) {
        told.keySet().retainAll(models);
    }

    private void apply(ModelDeployment model, ModelDeploymentStatus status) {
        ModelDeployment onlyStatus = new ModelDeployment();
        onlyStatus.setMetadata(new ObjectMetaBuilder()
                .withNamespace(model.getMetadata().getNamespace())
                .withName(model.getMetadata().getName())
                .build());
        onlyStatus.setStatus(status);
        client.resource(onlyStatus).subresource("status").patch(Patches.APPLY, onlyStatus);
    }
}
