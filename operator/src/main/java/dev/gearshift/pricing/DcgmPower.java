package dev.gearshift.pricing;

import dev.gearshift.core.model.Watts;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Placed;
import dev.gearshift.pricing.Observed.Draw;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an accelerator of a tier draws on average: over those of the tier's replicas, or, where the exporter does not name pods, over all
 * those of the nodes they run on.
 *
 * <p>As in {@code NVIDIA/dcgm-exporter}: {@code DCGM_FI_DEV_POWER_USAGE} is a gauge in watts ({@code etc/default-counters.csv} at
 * 00d6d344); the pod is in the labels {@code namespace} and {@code pod} ({@code internal/pkg/transformation/const.go} at 07c87278), which
 * Prometheus renames to {@code exported_namespace} and {@code exported_pod} unless it is told to honour them; the node is in
 * {@code Hostname} where the exporter is told {@code NODE_NAME} ({@code internal/pkg/hostname/hostname.go} at 5f9250c2). Too high for slices of a divided accelerator: each shows the power of the whole.
 */
final class DcgmPower {

    static final String USAGE = "DCGM_FI_DEV_POWER_USAGE";

    private DcgmPower() {}

    static Optional<Watts> of(TierFacts facts, Observed seen) {
        var pods = facts.placed().stream()
                .map(placed -> placed.namespace() + "/" + placed.pod())
                .collect(Collectors.toSet());
        var nodes = facts.placed().stream().map(Placed::node).collect(Collectors.toSet());
        return mean(seen.draws(), draw -> draw.pods().stream().anyMatch(pods::contains))
                .or(() -> mean(seen.draws(), draw -> nodes.contains(draw.node())));
    }

    private static Optional<Watts> mean(List<Draw> draws, Predicate<Draw> which) {
        OptionalDouble mean = draws.stream()
                .filter(which)
                .mapToDouble(draw -> draw.watts().value())
                .average();
        return mean.isPresent() ? Optional.of(new Watts(mean.getAsDouble())) : Optional.empty();
    }
}
