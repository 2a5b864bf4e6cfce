package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.view.RoutingStanding;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutedFindingTest {

    private static final SortedSet<RoutingKind> NONE = kinds();
    private static final SortedSet<RoutingKind> ROUTE = kinds(RoutingKind.HTTP_ROUTE);
    private static final SortedSet<RoutingKind> POOL = kinds(RoutingKind.INFERENCE_POOL);

    @Test
    void aKindThatIsNotInstalledIsToldOfWithWhatServesMeanwhile() {
        assertThat(RoutedFinding.of(new RoutingStanding(ROUTE, NONE, List.of()), false, "chat"))
                .isEqualTo(Finding.fails(
                        "KindMissing",
                        "HTTPRoute (gateway.networking.k8s.io/v1) is not installed in this cluster; Service chat serves"
                                + " meanwhile and spreads evenly"));
    }

    @Test
    void aGatewaysRefusalIsToldInItsWords() {
        assertThat(RoutedFinding.of(new RoutingStanding(NONE, NONE, List.of("no such listener")), false, "chat"))
                .isEqualTo(Finding.fails(
                        "NotAccepted",
                        "no gateway has accepted it yet: no such listener; Service chat serves meanwhile and spreads"
                                + " evenly"));
    }

    @Test
    void whatIsAcceptedHolds() {
        assertThat(RoutedFinding.of(new RoutingStanding(NONE, ROUTE, List.of()), false, "chat")
                        .reason())
                .isEqualTo("Weighted");
        assertThat(RoutedFinding.of(new RoutingStanding(NONE, ROUTE, List.of()), true, "chat")
                        .reason())
                .isEqualTo("QueueAware");
    }

    @Test
    void aRouteWhosePoolCannotBeMadeIsWeightedAndSaysSo() {
        assertThat(RoutedFinding.of(new RoutingStanding(POOL, ROUTE, List.of()), true, "chat"))
                .isEqualTo(Finding.holds(
                        "Weighted",
                        "weights follow what the ready replicas of each tier carry; InferencePool"
                                + " (inference.networking.k8s.io/v1) is not installed in this cluster"));
    }

    private static SortedSet<RoutingKind> kinds(RoutingKind... kinds) {
        return new TreeSet<>(Arrays.asList(kinds));
    }
}
