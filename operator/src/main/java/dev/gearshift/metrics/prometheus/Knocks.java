package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.prometheus.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What gateways and endpoint pickers show of demand, added up by model. */
final class Knocks {

    private static final Set<Kind> GATEWAY = Set.of(Kind.GATEWAY_RATE, Kind.GATEWAY_NEW);

    private final ServedNames names;
    private final String namespace;
    private final Map<ModelKey, Map<Kind, Double>> values = new HashMap<>();

    /**
     * Nothing is shown yet.
     *
     * @param namespace the label that tells a series' namespace
     */
    Knocks(ServedNames names, String namespace) {
        this.names = names;
        this.namespace = namespace;
    }

    void take(Sample sample) {
        Optional<Kind> kind = Kind.of(sample.labelOrEmpty(Kind.LABEL)).filter(known -> known.allows(sample.value()));
        if (kind.isEmpty()) {
            return;
        }
        ModelKey model = names.owner(sample.labelOrEmpty(namespace), name(sample, GATEWAY.contains(kind.get())));
        if (model != null) {
            values.computeIfAbsent(model, any -> new EnumMap<>(Kind.class))
                    .merge(kind.get(), sample.value(), Double::sum);
        }
    }

    private static String name(Sample sample, boolean gateway) {
        if (gateway) {
            return sample.labelOrEmpty(OutsideExpressions.GATEWAY_MODEL);
        }
        String target = sample.labelOrEmpty(OutsideExpressions.PICKER_TARGET);
        return target.isEmpty() ? sample.labelOrEmpty(OutsideExpressions.PICKER_MODEL) : target;
    }

    /**
     * Requests per second; empty when nothing was shown of the model, or more than can be true.
     *
     * @param gateway whether a gateway's word counts, or an endpoint picker's
     * @param window over which rates were taken, and in which what waits or has only begun is taken to have come
     */
    Optional<RequestRate> of(ModelKey model, boolean gateway, Duration window) {
        Map<Kind, Double> shown = values.getOrDefault(model, Map.of());
        if (shown.keySet().stream().noneMatch(kind -> GATEWAY.contains(kind) == gateway)) {
            return Optional.empty();
        }
        double seconds = window.toMillis() / 1e3;
        // Some pickers count a request before they refuse it, others do not: what both tell of is not added up. Without
        // replicas, when
        // it matters, every request is refused.
        double rate = gateway
                ? counted(shown, Kind.GATEWAY_RATE, Kind.GATEWAY_NEW, seconds)
                : Math.max(
                                counted(shown, Kind.PICKER_RATE, Kind.PICKER_NEW, seconds),
                                counted(shown, Kind.PICKER_REFUSED_RATE, Kind.PICKER_REFUSED_NEW, seconds))
                        + shown.getOrDefault(Kind.PICKER_WAITING, 0.0) / seconds;
        return Kind.GATEWAY_RATE.allows(rate) ? Optional.of(new RequestRate(rate)) : Optional.empty();
    }

    private static double counted(Map<Kind, Double> shown, Kind rate, Kind begun, double seconds) {
        return shown.getOrDefault(rate, 0.0) + shown.getOrDefault(begun, 0.0) / seconds;
    }
}
