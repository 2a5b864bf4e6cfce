package dev.gearshift.metrics.prometheus;

import dev.gearshift.prometheus.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Values by their kind, for each pod or tier. A value that cannot be true is not there; of two for the same thing the first counts.
 *
 * @param <K> a pod or a tier
 */
final class Figures<K> {

    private final Map<K, Map<Kind, Double>> values = new HashMap<>();
    private double evaluated;

    void take(@Nullable K of, Sample sample) {
        evaluated = Math.max(evaluated, sample.evaluated());
        if (of != null) {
            Kind.of(sample.labelOrEmpty(Kind.LABEL))
                    .filter(kind -> kind.allows(sample.value()))
                    .ifPresent(kind -> values.computeIfAbsent(of, any -> new EnumMap<>(Kind.class))
                            .putIfAbsent(kind, sample.value()));
        }
    }

    OptionalDouble get(K of, Kind kind) {
        Double value = values.getOrDefault(of, Map.of()).get(kind);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** When the server evaluated the query, by its own clock. */
    double evaluated() {
        return evaluated;
    }
}
