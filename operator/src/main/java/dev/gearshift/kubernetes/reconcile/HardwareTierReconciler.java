package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTierStatus;
import dev.gearshift.kubernetes.mapping.Defaults;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.kubernetes.mapping.TierMapping;
import dev.gearshift.kubernetes.status.HardwareStatus;
import dev.gearshift.kubernetes.view.ClusterCaches;
import dev.gearshift.kubernetes.view.Replicas;
import dev.gearshift.kubernetes.view.TierUse;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a hardware tier is used, where the operator looks after every namespace: one that sees the pods of some only does not
 * know, and may not write the status. Nothing is made for a tier.
 */
public final class HardwareTierReconciler implements Reconciler<HardwareTier> {

    private final KubernetesClient client;
    private final PlanStore plans;
    private final InstantSource clock;
    private final BooleanSupplier tells;
    private final Supplier<Optional<ClusterCaches>> caches;
    private final SimpleInboundEventSource<HardwareTier> news = new SimpleInboundEventSource<>("plans");
    private @Nullable IndexerResourceCache<HardwareTier> tiers;

    /**
     * A reconciler whose own cache comes to be when it is registered.
     *
     * @param client to write with
     * @param plans which tiers are out of stock
     * @param clock what time it is
     * @param tells asked at each run whether the status of tiers is written; their cache is kept either way
     * @param caches the pods, asked for at each run; a tier looked at before there are any is looked at again after the next plan
     */
    public HardwareTierReconciler(
            KubernetesClient client,
            PlanStore plans,
            InstantSource clock,
            BooleanSupplier tells,
            Supplier<Optional<ClusterCaches>> caches) {
        this.client = client;
        this.plans = plans;
        this.clock = clock;
        this.tells = tells;
        this.caches = caches;
    }

    @Override
    public List<EventSource<?, HardwareTier>> prepareEventSources(EventSourceContext<HardwareTier> context) {
        tiers = context.getPrimaryCache();
        return List.of(news);
    }

    /**
     * The cache of hardware tiers.
     *
     * @throws IllegalStateException before the reconciler was registered
     */
    public IndexerResourceCache<HardwareTier> tiers() {
        if (tiers == null) {
            throw new IllegalStateException("the reconciler is not registered yet");
        }
        return tiers;
    }

    /** Has every tier looked at soon. */
    public void wakeAll() {
        tiers().list(any -> true)
                .map(tier -> tier.getMetadata().getName())
                .sorted()
                .forEach(name -> news.propagateEvent(new ResourceID(name)));
    }

    @Override
    public UpdateControl<HardwareTier> reconcile(HardwareTier tier, Context<HardwareTier> context) {
        if (tells.getAsBoolean()) {
            caches.get().ifPresent(cached -> tell(tier, cached, clock.instant()));
        }
        return UpdateControl.noUpdate();
    }

    private void tell(HardwareTier tier, ClusterCaches cached, Instant now) {
        TierName name = new TierName(tier.getMetadata().getName());
        MappedTier mapped = TierMapping.map(tier);
        String resource = mapped instanceof MappedTier.Usable usable
                ? usable.tier().accelerator().resource()
                : Defaults.ACCELERATOR_RESOURCE;
        List<Pod> pods = cached.pods().stream()
                .filter(pod -> Replicas.tier(pod).equals(Optional.of(name)))
                .filter(pod -> Replicas.of(pod, Collections.emptySortedSet()).isPresent())
                .toList();
        int requested = pods.stream()
                .mapToInt(pod -> TierUse.accelerators(pod, resource))
                .sum();
        int inUse = pods.stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .mapToInt(pod -> TierUse.accelerators(pod, resource))
                .sum();
        HardwareStatus.Facts facts = new HardwareStatus.Facts(
                tier, mapped, inUse, requested, plans.stockOutUntil(name, now), plans.quote(name));
        HardwareTierStatus next = HardwareStatus.of(facts, tier.getStatus(), now);
        if (!next.equals(tier.getStatus())) {
            apply(tier, next);
        }
    }

    private void apply(HardwareTier tier, HardwareTierStatus status) {
        HardwareTier onlyStatus = new HardwareTier();
        onlyStatus.setMetadata(
                new ObjectMetaBuilder().withName(tier.getMetadata().getName()).build());
        onlyStatus.setStatus(status);
        client.resource(onlyStatus).subresource("status").patch(Patches.APPLY, onlyStatus);
    }
}
