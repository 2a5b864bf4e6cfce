package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.RoutingKind;
import dev.gearshift.kubernetes.dependent.HttpRoute;
import dev.gearshift.sandbox.apiserver.RequestCounters;
import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Routes and pools, in a cluster that has their kinds, gets them later, or has them with nobody who takes routes. */
class RoutingTest {

    private static final Duration A_LOOK = Duration.ofSeconds(75);
    private static final TierName SPOT = new TierName("l4-spot");
    private static final TierName L4 = new TierName("l4");
    private static final List<TierName> TIERS = List.of(L4, SPOT, new TierName("h100"));

    private static final Manifest DEFINITION = Manifest.of("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {}
            spec:
              scope: Namespaced
              names: {}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      status: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """);

    private static Manifest definition(RoutingKind kind) {
        String plural = kind.context().getPlural();
        return DEFINITION
                .named(plural + "." + kind.group())
                .with("spec.group", kind.group())
                .with("spec.names.kind", kind.kind())
                .with("spec.names.plural", plural)
                .with("spec.names.singular", kind.kind().toLowerCase(Locale.ROOT));
    }

    private static Manifest routed() {
        return Fleet.chat().with("spec.routing.httpRoute", Map.of("parentRefs", List.of(Map.of("name", "gateway"))));
    }

    private static Manifest pooled(Manifest model) {
        return model.with("spec.routing.inferencePool", Map.of("endpointPickerRef", Map.of("name", "epp")));
    }

    private static Optional<GenericKubernetesResource> live(Fleet fleet, RoutingKind kind) {
        return Optional.ofNullable(fleet.client()
                .genericKubernetesResources(kind.context())
                .inNamespace(Fleet.NAMESPACE)
                .withName(Fleet.CHAT)
                .get());
    }

    private static SortedMap<TierName, Integer> weights(Fleet fleet) {
        return live(fleet, RoutingKind.HTTP_ROUTE)
                .map(route -> HttpRoute.weights(route, Fleet.CHAT, TIERS))
                .orElse(Collections.emptySortedMap());
    }

    private static void accept(Fleet fleet, RoutingKind kind) {
        report(fleet, kind, "True", "Accepted by the gateway");
    }

    /** As the controller of a gateway does that takes a route, or does not. */
    private static void report(Fleet fleet, RoutingKind kind, String accepted, String message) {
        GenericKubernetesResource object = live(fleet, kind).orElseThrow();
        fleet.client()
                .genericKubernetesResources(kind.context())
                .inNamespace(Fleet.NAMESPACE)
                .resource(object)
                .editStatus(any -> {
                    any.setAdditionalProperty(
                            "status",
                            Map.of(
                                    "parents",
                                    List.of(Map.of(
                                            "conditions",
                                            List.of(Map.of(
                                                    "type", "Accepted", "status", accepted, "message", message))))));
                    return any;
                });
    }

    private static Fleet weighted() {
        Fleet fleet = Fleet.withoutOperator();
        fleet.apply(definition(RoutingKind.HTTP_ROUTE));
        fleet.startOperator();
        fleet.apply(routed());
        fleet.untilReady(Fleet.CHAT, 1);
        accept(fleet, RoutingKind.HTTP_ROUTE);
        fleet.until(Fleet.CHAT, "Routed", "Weighted");
        return fleet;
    }

    @Test
    void aKindThatIsNotThereIsToldOfAndTheRouteIsMadeWithinAMinuteOfItsComing() {
        try (Fleet fleet = Fleet.withOperator()) {
            fleet.apply(routed());
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Routed", "KindMissing");
            fleet.until(Fleet.CHAT, "Ready", "Ready");
            assertThat(fleet.service(Fleet.CHAT)).isPresent();

            fleet.apply(definition(RoutingKind.HTTP_ROUTE));
            fleet.until(
                    "a route", A_LOOK, () -> live(fleet, RoutingKind.HTTP_ROUTE).isPresent());
            assertThat(weights(fleet)).containsExactly(Map.entry(SPOT, 1000));
            fleet.until(Fleet.CHAT, "Routed", "NotAccepted");
            report(fleet, RoutingKind.HTTP_ROUTE, "False", "no listener has this host name");
            fleet.untilTold(Fleet.CHAT, "Routed", "no listener has this host name; Service chat serves meanwhile");
            accept(fleet, RoutingKind.HTTP_ROUTE);
            fleet.until(Fleet.CHAT, "Routed", "Weighted");
        }
    }

    @Test
    void weightsFollowReadyReplicasOnceAnAcceptedRouteLetsTiersBeMixed() {
        try (Fleet fleet = weighted()) {
            fleet.apply(Fleet.tier("l4-spot").with("spec.limit", 1));
            fleet.apply(routed().with("spec.scaling.minReplicas", 2));
            fleet.until(
                    "two tiers share",
                    Fleet.PATIENCE,
                    () -> weights(fleet)
                            .getOrDefault(L4, 0)
                            .equals(weights(fleet).get(SPOT)));
            fleet.apply(routed().with("spec.scaling.minReplicas", 4));
            fleet.until(
                    "one tier has three of four shares",
                    Fleet.PATIENCE,
                    () -> new TreeMap<>(Map.of(L4, 750, SPOT, 250)).equals(weights(fleet)));
        }
    }

    @Test
    void aTierGetsNoWeightBeforeItsReplicasLeaveAndItsNumberIsLowered() {
        try (Fleet fleet = weighted()) {
            List<String> story = Collections.synchronizedList(new ArrayList<>());
            fleet.sandbox().server().store().listen(change -> {
                Map<String, Object> tree = change.tree();
                String tier = Json.text(tree, "metadata", "labels", "gearshift.dev/tier");
                if (change.type().kind().equals("HTTPRoute")) {
                    GenericKubernetesResource route = change.object(GenericKubernetesResource.class);
                    story.add("weight "
                            + HttpRoute.weights(route, Fleet.CHAT, TIERS).get(SPOT));
                } else if (change.type().kind().equals("Deployment") && tier.equals(SPOT.value())) {
                    story.add("replicas " + Json.at(tree, "spec", "replicas"));
                } else if (change.type().kind().equals("Pod") && tier.equals(SPOT.value())) {
                    boolean serves = !Json.text(tree, "metadata", "labels", "gearshift.dev/serving")
                            .isEmpty();
                    story.add(serves ? "serves" : "leaves");
                }
            });
            fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(60));
            fleet.apply(Fleet.tier("l4-spot").with("spec.price.perAcceleratorHour", "5.00"));
            fleet.until(
                    "the shift is over",
                    Fleet.PATIENCE.multipliedBy(2),
                    () -> fleet.deployment(Fleet.CHAT, "l4-spot").isEmpty());
            assertThat(story).contains("weight 0", "leaves", "replicas 0");
            assertThat(story.indexOf("weight 0")).isLessThan(story.indexOf("leaves"));
            assertThat(story.indexOf("leaves")).isLessThan(story.indexOf("replicas 0"));
            fleet.until("no trace of the tier", A_LOOK, () -> Map.of(L4, 1000).equals(weights(fleet)));
        }
    }

    @Test
    void nothingIsWrittenAtRest() {
        try (Fleet fleet = weighted()) {
            fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(100));
            fleet.pass(Duration.ofMinutes(20));
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            fleet.pass(Duration.ofHours(1));
            assertThat(requests.writes().keySet()).isSubsetOf("apply ModelDeployment/status", "apply ConfigMap");
            assertThat(requests.requests("list", "HTTPRoute")).isBetween(55L, 61L);
            assertThat(requests.requests().keySet())
                    .isSubsetOf("apply ModelDeployment/status", "apply ConfigMap", "list HTTPRoute");
        }
    }

    @Test
    void withAPickerTheRouteLeadsToThePoolAndBothGoWhenTheyAreAskedForNoMore() {
        try (Fleet fleet = weighted()) {
            fleet.apply(definition(RoutingKind.INFERENCE_POOL));
            fleet.apply(pooled(routed()));
            fleet.until(
                    "a pool",
                    A_LOOK,
                    () -> live(fleet, RoutingKind.INFERENCE_POOL).isPresent());
            fleet.until(Fleet.CHAT, "Routed", "QueueAware");
            assertThat(live(fleet, RoutingKind.HTTP_ROUTE).orElseThrow().<Object>get("spec", "rules", 0, "backendRefs"))
                    .isEqualTo(List.of(Map.of(
                            "group", "inference.networking.k8s.io", "kind", "InferencePool", "name", Fleet.CHAT)));

            fleet.apply(Fleet.chat());
            fleet.settle();
            fleet.until(
                    "both are gone",
                    A_LOOK,
                    () -> live(fleet, RoutingKind.HTTP_ROUTE).isEmpty()
                            && live(fleet, RoutingKind.INFERENCE_POOL).isEmpty());
            assertThat(fleet.condition(Fleet.CHAT, "Routed")).isEmpty();
        }
    }

    @Test
    void whatNobodyAsksForAnyMoreGoesAfterARestartToo() {
        try (Fleet fleet = weighted()) {
            fleet.sandbox().stopOperator();
            fleet.apply(Fleet.chat());
            fleet.startOperator();
            fleet.until(
                    "the route is gone",
                    A_LOOK,
                    () -> live(fleet, RoutingKind.HTTP_ROUTE).isEmpty());
        }
    }

    @Test
    void aRouteBelongsToItsModelAndSoGoesWithIt() {
        try (Fleet fleet = weighted()) {
            List<OwnerReference> owners = live(fleet, RoutingKind.HTTP_ROUTE)
                    .orElseThrow()
                    .getMetadata()
                    .getOwnerReferences();
            assertThat(owners).singleElement().satisfies(owner -> {
                assertThat(owner.getUid())
                        .isEqualTo(fleet.model(Fleet.CHAT).get().getMetadata().getUid());
                assertThat(owner.getController()).isTrue();
            });
        }
    }

    @Test
    void aRouteOfOurNameThatIsNotOursIsLeftAlone() {
        try (Fleet fleet = Fleet.withoutOperator()) {
            fleet.apply(definition(RoutingKind.HTTP_ROUTE));
            fleet.startOperator();
            fleet.apply(Manifest.of("""
                    apiVersion: gateway.networking.k8s.io/v1
                    kind: HTTPRoute
                    metadata: {name: chat, namespace: assistants}
                    spec: {hostnames: [billing.example.com]}
                    """));
            fleet.apply(routed());
            fleet.until(Fleet.CHAT, "Ready", "NameConflict");
            assertThat(Objects.<Object>requireNonNull(
                            live(fleet, RoutingKind.HTTP_ROUTE).orElseThrow().get("spec", "hostnames")))
                    .isEqualTo(List.of("billing.example.com"));
        }
    }
}
