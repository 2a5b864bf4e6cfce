package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.loop.MetricsSource.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose a series is that knows a model only by the name requests give it. A name that one model of the fleet has is that model's wherever
 * the series comes from; of a name that several have only what comes from a model's own namespace is its own, when no other
 * there has the name too.
 */
final class ServedNames {

    private final Map<String, List<ModelKey>> models = new HashMap<>();
    private final Map<ModelKey, String> names = new HashMap<>();

    ServedNames(Collection<Model> fleet) {
        for (Model model : fleet) {
            models.computeIfAbsent(model.servedName(), any -> new ArrayList<>()).add(model.key());
            names.put(model.key(), model.servedName());
        }
    }

    /** The model a series is of; null when it is of none, or nobody can say of which. */
    @Nullable
    ModelKey owner(String namespace, String name) {
        List<ModelKey> known = models.getOrDefault(name, List.of());
        List<ModelKey> here = known.size() < 2
                ? known
                : known.stream()
                        .filter(model -> model.namespace().equals(namespace))
                        .toList();
        return here.size() == 1 ? here.get(0) : null;
    }

    /** Whether another model has the same name. */
    boolean isShared(ModelKey model) {
        String name = names.get(model);
        return name != null && models.getOrDefault(name, List.of()).size() > 1;
    }
}
