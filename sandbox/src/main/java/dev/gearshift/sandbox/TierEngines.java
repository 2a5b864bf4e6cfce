package dev.gearshift.sandbox;

import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.EngineArguments;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.mapping.ModelMapping;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.sandbox.apiserver.ClusterStore;
import dev.gearshift.sandbox.cluster.Pods;
import dev.gearshift.sandbox.traffic.EngineSpec;
import dev.gearshift.simulate.EngineTruth;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What engine runs in a pod of a model deployment: its model on the simulated hardware of its tier. */
final class TierEngines implements Function<Pod, EngineSpec> {

    /** Tokens a sequence may have where the engine's arguments do not say. */
    private static final int USUAL_LENGTH = 8192;

    private final ClusterStore store;

    TierEngines(ClusterStore store) {
        this.store = store;
    }

    @Override
    public EngineSpec apply(Pod pod) {
        TierOption option = option(pod)
                .orElseThrow(() -> new IllegalStateException("no model deployment and tier is known for pod "
                        + pod.getMetadata().getName()));
        EngineTruth truth = EngineTruth.of(option)
                .orElseThrow(() ->
                        new IllegalStateException("the weights leave no room for a KV cache on " + option.name()));
        int length = EngineArguments.of(Pods.engine(pod), List.of())
                .positive("--max-model-len")
                .orElse(USUAL_LENGTH);
        return new EngineSpec(truth, option.profile().servedName(), length);
    }

    private Optional<TierOption> option(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String model = labels == null ? null : labels.get(Pods.MODEL_LABEL);
        if (model == null) {
            return Optional.empty();
        }
        TierCatalogue catalogue = TierCatalogue.of(store.list(HardwareTier.class));
        return store.get(ModelDeployment.class, pod.getMetadata().getNamespace(), model)
                .map(resource -> ModelMapping.map(resource, catalogue))
                .filter(MappedModel.Usable.class::isInstance)
                .map(mapped -> ((MappedModel.Usable) mapped).spec())
                .flatMap(spec -> Pods.tier(pod).flatMap(tier -> spec.tier(new TierName(tier))));
    }
}
