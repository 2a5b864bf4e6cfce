package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.TierLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts latencies that a gateway measures in the place of the engines'. A gateway does not know on which tier a request was served: each
 * tier gets the share of them that it completed of all requests, so that together they are the whole.
 */
final class GatewayLatencies {

    private GatewayLatencies() {}

    /**
     * An observation with the latencies of a gateway. What the gateway does not show is not known: an engine measures something else.
     *
     * @param shown the histogram of a kind, as far as the gateway shows it
     */
    static ModelObservation in(ModelObservation seen, Function<Kind, Optional<Histogram>> shown) {
        Optional<Histogram> firstToken = shown.apply(Kind.GATEWAY_FIRST_TOKEN);
        Optional<Histogram> perToken = shown.apply(Kind.GATEWAY_PER_TOKEN);
        Optional<Histogram> whole = shown.apply(Kind.GATEWAY_WHOLE);
        List<TierLoad> told =
                seen.tiers().stream().filter(GatewayLatencies::tells).toList();
        double completed =
                told.stream().mapToDouble(GatewayLatencies::completed).sum();
        List<TierLoad> tiers = new ArrayList<>();
        for (TierLoad tier : seen.tiers()) {
            double share = !tells(tier) ? 0 : completed > 0 ? completed(tier) / completed : 1.0 / told.size();
            tiers.add(tier.measured(part(firstToken, share), part(perToken, share), part(whole, share)));
        }
        return new ModelObservation(seen.freshness(), seen.age(), tiers, seen.pods(), seen.knocking());
    }

    private static boolean tells(TierLoad tier) {
        return tier.freshness() != Freshness.ABSENT;
    }

    private static double completed(TierLoad tier) {
        return tier.completed().perSecond();
    }

    private static Optional<Histogram> part(Optional<Histogram> whole, double share) {
        return share > 0 ? whole.map(histogram -> histogram.times(share)) : Optional.empty();
    }
}
