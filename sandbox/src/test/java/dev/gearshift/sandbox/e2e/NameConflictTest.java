package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.dependent.ObjectNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that Gearshift needs and that somebody else has taken. */
class NameConflictTest {

    private static final String DEPLOYMENT = ObjectNames.tier(Fleet.CHAT, new TierName("l4-spot"));

    private static final Manifest SOMEBODYS_DEPLOYMENT = Manifest.of("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {namespace: assistants}
            spec:
              replicas: 0
              selector: {matchLabels: {app: billing}}
              template:
                metadata: {labels: {app: billing}}
                spec: {containers: [{name: billing, image: billing:1}]}
            """).named(DEPLOYMENT);

    private static final Manifest SOMEBODYS_SERVICE = Manifest.of("""
            apiVersion: v1
            kind: Service
            metadata: {namespace: assistants}
            spec: {selector: {app: billing}, ports: [{port: 443, protocol: TCP}]}
            """).named(Fleet.CHAT);

    private static Stream<Named<Manifest>> takers() {
        Map<String, Object> ours =
                Map.of("gearshift.dev/model-deployment", Fleet.CHAT, "gearshift.dev/tier", "l4-spot");
        return Stream.of(
                Named.of("a Deployment", SOMEBODYS_DEPLOYMENT),
                Named.of("a Service", SOMEBODYS_SERVICE),
                // Such as one restored from a backup after its owner was deleted.
                Named.of("a Deployment with our labels", SOMEBODYS_DEPLOYMENT.with("metadata.labels", ours)),
                Named.of("a Service with our labels", SOMEBODYS_SERVICE.with("metadata.labels", ours)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("takers")
    void anObjectOfOurNameThatIsNotOursIsToldOfAndLeftAloneUntilItIsGone(Manifest taker) {
        try (Fleet fleet = Fleet.withOperator()) {
            fleet.apply(taker);
            fleet.settle();
            GenericKubernetesResource before =
                    fleet.client().resource(taker.object()).get();
            fleet.apply(Fleet.chat());
            fleet.until(Fleet.CHAT, "Ready", "NameConflict");
            assertThat(fleet.condition(Fleet.CHAT, "Ready")).hasValueSatisfying(ready -> {
                assertThat(ready.getStatus()).isEqualTo("False");
                assertThat(ready.getMessage())
                        .contains(taker.text("kind") + " " + taker.name()
                                + " exists and does not belong to this ModelDeployment: delete or rename it");
            });
            fleet.pass(Duration.ofMinutes(6));
            assertThat(fleet.client().resource(taker.object()).get()).isEqualTo(before);
            assertThat(fleet.pods(Fleet.CHAT)).isEmpty();

            fleet.client().resource(taker.object()).delete();
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Ready", "Ready");
        }
    }
}
