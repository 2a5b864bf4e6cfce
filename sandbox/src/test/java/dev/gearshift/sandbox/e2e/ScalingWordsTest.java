package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code spec.scaling} says besides bounds: a number by hand, or a mode in which nothing is scaled. */
class ScalingWordsTest {

    private static final String UNPIN = "[{\"op\":\"remove\",\"path\":\"/spec/scaling/replicas\"}]";

    @Test
    void kubectlScalePinsTheTotalAndTheCommandInTheStatusUnpinsIt() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.scale(fleet.model(Fleet.CHAT).get(), "kubectl", 3);
            fleet.until(Fleet.CHAT, "Converged", "Pinned");
            fleet.untilReady(Fleet.CHAT, 3);
            fleet.until(
                    "all three are told",
                    Fleet.PATIENCE,
                    () -> "3/3".equals(fleet.status(Fleet.CHAT).ready()));
            assertThat(fleet.condition(Fleet.CHAT, "Converged")).hasValueSatisfying(converged -> {
                assertThat(converged.getStatus()).isEqualTo("True");
                assertThat(converged.getMessage())
                        .contains(
                                "spec.scaling.replicas asks for 3",
                                "unset it with: kubectl -n assistants patch mdep chat --type=json -p '" + UNPIN + "'");
            });
            assertThat(fleet.model(Fleet.CHAT).get().getStatus().replicas()).isEqualTo(3);
            fleet.pass(Duration.ofMinutes(20));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 3));

            fleet.model(Fleet.CHAT).patch(PatchContext.of(PatchType.JSON), UNPIN);
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
        }
    }

    @Test
    void pausedKeepsWhatRuns() {
        try (Fleet fleet = Fleet.serving()) {
            Manifest more = Fleet.chat().with("spec.scaling.minReplicas", 2);
            fleet.apply(more.with("spec.scaling.mode", "Paused"));
            fleet.untilTold(Fleet.CHAT, "Converged", "paused: what runs is kept");
            assertThat(fleet.condition(Fleet.CHAT, "Converged").orElseThrow().getReason())
                    .isEqualTo("Held");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1));
            assertThat(fleet.condition(Fleet.CHAT, "Ready").orElseThrow().getStatus())
                    .isEqualTo("True");
            fleet.client().resource(fleet.pods(Fleet.CHAT).get(0)).delete();
            fleet.untilReady(Fleet.CHAT, 1);

            fleet.apply(more);
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
        }
    }

    @Test
    void recommendMakesNothingAndSaysWhatItWouldDo() {
        try (Fleet fleet = Fleet.withOperator()) {
            fleet.apply(Fleet.chat().with("spec.scaling.mode", "Recommend").with("spec.scaling.minReplicas", 2));
            fleet.untilTold(Fleet.CHAT, "Converged", "only recommended: l4-spot×2 ($0.00/h → $0.80/h)");
            assertThat(fleet.condition(Fleet.CHAT, "Converged").orElseThrow().getReason())
                    .isEqualTo("Held");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.owned(Fleet.CHAT)).isEmpty();
            assertThat(fleet.status(Fleet.CHAT).gear()).isEqualTo("l4-spot×2");
            assertThat(fleet.eventReasons(Fleet.CHAT)).contains("Recommended");

            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
        }
    }

    @Test
    void recommendForAModelThatServesLeavesItAsItIs() {
        try (Fleet fleet = Fleet.serving()) {
            fleet.apply(Fleet.chat().with("spec.scaling.mode", "Recommend").with("spec.scaling.minReplicas", 2));
            fleet.untilTold(Fleet.CHAT, "Converged", "only recommended: l4-spot×2 ($0.40/h → $0.80/h)");
            fleet.pass(Duration.ofMinutes(10));
            assertThat(fleet.ordered(Fleet.CHAT)).isEqualTo(Map.of("l4-spot", 1));
        }
    }
}
