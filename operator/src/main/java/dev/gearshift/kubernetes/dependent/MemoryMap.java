package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.ModelKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;

/** The ConfigMap with what is remembered of a model. */
public final class MemoryMap {

    /** The only key of it. */
    public static final String KEY = "memory.json";

    private MemoryMap() {}

    /**
     * The ConfigMap of a model.
     *
     * @param model which model
     * @param memory what is remembered of it
     * @param owner the model deployment
     */
    public static ConfigMap desired(ModelKey model, String memory, OwnerReference owner) {
        return new ConfigMapBuilder()
                .withMetadata(OwnedMetadata.ofMemory(model, owner))
                .addToData(KEY, memory)
                .build();
    }
}
