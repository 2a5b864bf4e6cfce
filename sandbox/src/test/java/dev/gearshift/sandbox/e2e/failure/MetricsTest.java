package dev.gearshift.sandbox.e2e.failure;

import static dev.gearshift.sandbox.e2e.failure.Trouble.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.sandbox.engine.EngineServer.Fault;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Engines that serve and do not tell how they do. */
class MetricsTest {

    private static final double BEGIN = 13;

    private static void everyEngine(Trouble story, Fault fault) {
        for (Pod pod : story.world.cluster().pods()) {
            if (story.world.engines().engine(pod).isPresent()) {
                story.world
                        .engines()
                        .server()
                        .become(Trouble.NAMESPACE, pod.getMetadata().getName(), fault);
            }
        }
    }

    /** Two replicas are needed, then a quarter of an hour without metrics begins, and in it demand falls. */
    private static Trouble twoReplicas() {
        Trouble story = new Trouble("l4-spot");
        story.requests(1, 4, 50).requests(4.5, 6, 20).declare().until(BEGIN);
        assertThat(story.endpoints()).as(story::log).hasSize(2);
        return story;
    }

    private static void nothingIsReleasedAndALostReplicaIsReplaced(Fault fault) {
        try (Trouble story = twoReplicas()) {
            story.disturbances().nodeLoss(minute(BEGIN + 7), "l4-spot");
            Set<String> reasons = new LinkedHashSet<>();
            double end = BEGIN + 15;
            story.always(() -> {
                everyEngine(story, story.minutes() < end ? fault : Fault.NONE);
                if (story.minutes() < end) {
                    reasons.add(story.condition("MetricsFresh").getReason());
                    assertThat(story.ordered().get("l4-spot")).as(story::log).isGreaterThanOrEqualTo(2);
                }
            });
            everyEngine(story, fault);
            story.until(BEGIN + 6);
            assertThat(story.condition("MetricsFresh"))
                    .as(story::log)
                    .returns("False", condition -> condition.getStatus())
                    .returns("Absent", condition -> condition.getReason());
            List<String> before = story.pods(any -> true);
            story.until(end);
            assertThat(reasons).as(story::log).containsSubsequence("Fresh", "Stale", "Absent");
            assertThat(story.endpoints()).as(story::log).hasSize(2);
            assertThat(story.pods(any -> true)).as(story::log).isNotEqualTo(before);
            story.until(end + 10);
            assertThat(story.condition("MetricsFresh").getReason())
                    .as(story::log)
                    .isEqualTo("Fresh");
            assertThat(story.endpoints()).as(story::log).hasSize(1);
        }
    }

    @Test
    void whenEnginesAnswerWithAnErrorNothingIsReleasedAndALostReplicaIsReplaced() {
        nothingIsReleasedAndALostReplicaIsReplaced(Fault.SERVER_ERROR);
    }

    @Test
    void whenEnginesRefuseToAnswerNothingIsReleasedAndALostReplicaIsReplaced() {
        nothingIsReleasedAndALostReplicaIsReplaced(Fault.REFUSE);
    }

    /** Each look at an engine that hangs takes as long as it may, in real time: so there is one, and it hangs for half a minute. */
    @Test
    void whenEnginesHangMetricsGrowStaleAndNothingIsReleased() {
        try (Trouble story = new Trouble("l4-spot")) {
            story.requests(1, 4, 12).declare().until(8);
            everyEngine(story, Fault.HANG);
            story.untilDecided(ReasonKind.METRICS_STALE, 9);
            assertThat(story.condition("MetricsFresh"))
                    .as(story::log)
                    .returns("False", condition -> condition.getStatus())
                    .returns("Stale", condition -> condition.getReason());
            everyEngine(story, Fault.NONE);
            story.until(story.minutes() + 1);
            assertThat(story.condition("MetricsFresh").getReason())
                    .as(story::log)
                    .isEqualTo("Fresh");
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 1));
            assertThat(story.failed()).as(story::log).isZero();
        }
    }
}
