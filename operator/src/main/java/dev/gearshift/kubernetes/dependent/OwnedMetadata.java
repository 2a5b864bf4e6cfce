package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;

/** The metadata of owned objects. */
final class OwnedMetadata {

    private OwnedMetadata() {}

    /** Of an object there is one of per model. */
    static ObjectMeta ofModel(ModelKey model, OwnerReference owner) {
        return metadata(model.namespace(), ObjectNames.front(model.name()), Labels.ofModel(model.name()), owner);
    }

    /** Of the ConfigMap with what is remembered of a model. */
    static ObjectMeta ofMemory(ModelKey model, OwnerReference owner) {
        return metadata(model.namespace(), ObjectNames.memory(model.name()), Labels.ofModel(model.name()), owner);
    }

    /** Of an object there is one of per model and tier. */
    static ObjectMeta ofTier(ModelKey model, TierName tier, OwnerReference owner) {
        return metadata(
                model.namespace(), ObjectNames.tier(model.name(), tier), Labels.ofTier(model.name(), tier), owner);
    }

    private static ObjectMeta metadata(
            String namespace, String name, Map<String, String> labels, OwnerReference owner) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.FIELD_MANAGER)
                .addToLabels(labels)
                .withOwnerReferences(owner)
                .build();
    }
}
