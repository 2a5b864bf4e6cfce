package dev.gearshift.metrics.prometheus;

import dev.gearshift.prometheus.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values by their kind, for each pod or tier. A value that cannot be true is not there; of two for the same thing the first counts.
 *
 * @param <K> a pod or a tier
 */
final class Figures<K> {

    private final Map<K, Map<Kind, Double>> values = new HashMap<>();
    private final Map<K, Map<Kind, Double>> parts = new HashMap<>();
    private double evaluated;

    /** Takes an element that is all there is of its kind. */
    void take(@Nullable K of, Sample sample) {
        put(values, of, sample, (first, second) -> first);
    }

    /** Takes an element that is one of several of its kind, such as a pod's of a tier's; they count where there is no whole. */
    void takePart(@Nullable K of, Sample sample) {
        put(parts, of, sample, null);
    }

    private void put(
            Map<K, Map<Kind, Double>> into, @Nullable K of, Sample sample, @Nullable BinaryOperator<Double> together) {
        evaluated = Math.max(evaluated, sample.evaluated());
        if (of != null) {
            Kind.of(sample.labelOrEmpty(Kind.LABEL))
                    .filter(kind -> kind.allows(sample.value()))
                    .ifPresent(kind -> into.computeIfAbsent(of, any -> new EnumMap<>(Kind.class))
                            .merge(kind, sample.value(), together == null ? kind::together : together));
        }
    }

    OptionalDouble get(K of, Kind kind) {
        Double whole = values.getOrDefault(of, Map.of()).get(kind);
        Double value = whole == null ? parts.getOrDefault(of, Map.of()).get(kind) : whole;
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** When the server evaluated the query, by its own clock. */
    double evaluated() {
        return evaluated;
    }
}
