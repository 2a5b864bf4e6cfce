package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.RoutingMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.kubernetes.status.ModelStatus;
import dev.gearshift.kubernetes.status.Refusal;
import dev.gearshift.kubernetes.view.ClusterCaches;
import dev.gearshift.kubernetes.view.Replicas;
import dev.gearshift.kubernetes.view.RoutingObjects;
import dev.gearshift.kubernetes.view.RoutingStanding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the objects of a model deployment to the newest plan and tells how it does. Looks only at what is, never at what happened:
 * it may run at any time, any number of times. A declaration that is refused changes nothing that runs.
 */
public final class ModelDeploymentReconciler implements Reconciler<ModelDeployment> {

    private final KubernetesClient client;
    private final PlanStore plans;
    private final InstantSource clock;
    private final Supplier<IndexerResourceCache<HardwareTier>> tiers;
    private final RoutingObjects routes;
    private final BooleanSupplier mayWrite;
    private final StatusWriter statuses;
    private final SimpleInboundEventSource<ModelDeployment> news = new SimpleInboundEventSource<>("plans");
    private @Nullable ClusterCaches caches;
    private @Nullable Carrying carrying;

    /**
     * A reconciler whose caches come to be when it is registered.
     *
     * @param client to write with
     * @param plans the newest decisions
     * @param clock what time it is
     * @param tiers the cache of hardware tiers, asked for at registration
     * @param routes what the cluster has of routes and pools
     * @param mayWrite asked at each run; nothing is done when it says no
     */
    public ModelDeploymentReconciler(
            KubernetesClient client,
            PlanStore plans,
            InstantSource clock,
            Supplier<IndexerResourceCache<HardwareTier>> tiers,
            RoutingObjects routes,
            BooleanSupplier mayWrite) {
        this.mayWrite = mayWrite;
        this.client = client;
        this.plans = plans;
        this.clock = clock;
        this.tiers = tiers;
        this.routes = routes;
        this.statuses = new StatusWriter(client);
    }

    @Override
    public List<EventSource<?, ModelDeployment>> prepareEventSources(EventSourceContext<ModelDeployment> context) {
        ClusterCaches made = new ClusterCaches(context, tiers.get());
        caches = made;
        carrying = new Carrying(client, made, routes);
        List<EventSource<?, ModelDeployment>> sources = new ArrayList<>(made.sources());
        sources.add(news);
        return sources;
    }

    /**
     * The caches.
     *
     * @throws IllegalStateException before the reconciler was registered
     */
    public ClusterCaches caches() {
        return registered(caches);
    }

    /** Has a model reconciled soon. */
    public void wake(ModelKey model) {
        news.propagateEvent(new ResourceID(model.name(), model.namespace()));
    }

    /** Forgets everything about models that are gone. */
    public void forgetGone() {
        Set<ModelKey> present = new HashSet<>();
        caches().models().forEach(model -> present.add(key(model)));
        statuses.retain(present);
        registered(carrying).retain(present);
    }

    @Override
    public UpdateControl<ModelDeployment> reconcile(ModelDeployment model, Context<ModelDeployment> context) {
        Instant now = clock.instant();
        ModelKey key = key(model);
        if (!mayWrite.getAsBoolean() || model.getMetadata().getDeletionTimestamp() != null) {
            return UpdateControl.noUpdate();
        }
        MappedModel mapped = ModelMapping.map(model, TierCatalogue.of(caches().tiers()));
        Optional<Decision> decision = plans.decision(key);
        Optional<Refusal> refusal = Optional.empty();
        if (mapped instanceof MappedModel.Usable usable
                && usable.spec().scaling().mode() == ScalingMode.AUTO
                && decision.isPresent()) {
            try {
                refusal = registered(carrying).out(model, usable.blueprint(), decision.get(), now);
            } catch (KubernetesClientException e) {
                // Told on the object, and tried again by whoever called.
                statuses.write(facts(model, mapped, decision, Optional.of(failed(e))), now);
                throw e;
            }
        }
        statuses.write(facts(model, mapped, decision, refusal), now);
        return UpdateControl.noUpdate();
    }

    private ModelStatus.Facts facts(
            ModelDeployment model, MappedModel mapped, Optional<Decision> decision, Optional<Refusal> refusal) {
        int replicas = (int) caches().pods(key(model)).stream()
                .filter(pod -> Replicas.of(pod, Collections.emptySortedSet()).isPresent())
                .count();
        Optional<RoutingStanding> standing = mapped instanceof MappedModel.Usable usable
                ? RoutingStanding.of(model, key(model), usable.blueprint().routing(), routes)
                : Optional.empty();
        return new ModelStatus.Facts(model, mapped, decision, refusal, replicas, standing);
    }

    /** Looks for routing kinds where some model asks for one, and has what changed reconciled. */
    public void lookForRoutes(Instant now) {
        SortedSet<RoutingKind> asked = new TreeSet<>();
        List<ModelDeployment> models = caches().models();
        SortedSet<ModelKey> asking = new TreeSet<>();
        models.forEach(model -> {
            SortedSet<RoutingKind> kinds = RoutingMapping.asked(model);
            asked.addAll(kinds);
            if (!kinds.isEmpty()) {
                asking.add(key(model));
            }
        });
        RoutingObjects.Change change = routes.look(asked, now);
        SortedSet<ModelKey> woken = new TreeSet<>(change.models());
        if (change.kinds()) {
            woken.addAll(asking);
        }
        woken.forEach(this::wake);
    }

    private static Refusal failed(KubernetesClientException e) {
        return new Refusal(Refusal.Kind.WRITE_FAILED, "a write failed and is tried again: " + e.getMessage());
    }

    private static ModelKey key(ModelDeployment model) {
        return new ModelKey(
                model.getMetadata().getNamespace(), model.getMetadata().getName());
    }

    private static <T> T registered(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the reconciler is not registered yet");
        }
        return part;
    }
}
