package dev.gearshift.sandbox.e2e.failure;

import static dev.gearshift.sandbox.e2e.failure.Trouble.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.sandbox.cluster.Pods;
import dev.gearshift.simulate.FailureCause;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that go away under load. */
class NodeTest {

    private static final double AT = 12.1;

    /** Two replicas are needed and serve. */
    private static Trouble twoReplicas() {
        Trouble story = new Trouble("l4-spot", "l4");
        story.requests(1, 4, 20).requests(4, 6, 20).declare().until(AT - 0.2);
        assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 2));
        return story;
    }

    /** When the first replica since a minute was asked for, in minutes of the story. */
    private static double replaced(Trouble story, double since) {
        Instant begin = story.world.now().minus(story.world.age());
        return story.world.cluster().pods().stream()
                .map(Pod::getMetadata)
                .map(metadata -> Duration.between(begin, Instant.parse(metadata.getCreationTimestamp()))
                                .toMillis()
                        / 60_000.0)
                .filter(created -> created >= since - 0.02)
                .min(Double::compare)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static void isWholeAgain(Trouble story) {
        story.until(19);
        assertThat(story.endpoints()).as(story::log).hasSizeGreaterThanOrEqualTo(2);
        assertThat(story.pods(pod -> !Pods.isReady(pod))).as(story::log).isEmpty();
    }

    @Test
    void aReplicaWhoseSpotNodeIsTakenBackIsReplacedAtOnceAndNothingElseFails() {
        try (Trouble story = twoReplicas()) {
            story.disturbances().spotInterruption(minute(AT), "l4-spot");
            story.until(AT + 0.25);
            assertThat(replaced(story, AT)).as(story::log).isBetween(AT - 0.02, AT + 0.25);
            assertThat(story.minuteOf(ReasonKind.REPLICA_LOST, AT))
                    .as(story::log)
                    .isLessThan(AT + 0.3);
            isWholeAgain(story);
            assertThat(story.failedByCause().keySet()).as(story::log).isSubsetOf(FailureCause.SPOT_INTERRUPTION);
        }
    }

    @Test
    void aReplicaWhoseNodeIsLostIsReplacedWhenTheClusterNoticesAndNothingElseFails() {
        try (Trouble story = twoReplicas()) {
            story.disturbances().nodeLoss(minute(AT), "l4-spot");
            double noticed = AT + 40.0 / 60;
            story.until(noticed + 20.0 / 60 + 0.25);
            assertThat(replaced(story, noticed)).as(story::log).isLessThan(noticed + 20.0 / 60 + 0.25);
            isWholeAgain(story);
            assertThat(story.failedByCause().keySet()).as(story::log).containsExactly(FailureCause.NODE_LOST);
        }
    }

    @Test
    void aReplicaWhoseNodeIsDrainedIsReplacedAtOnceAndNothingFails() {
        try (Trouble story = twoReplicas()) {
            story.disturbances().drain(minute(AT), "l4-spot");
            story.until(AT + 0.25);
            assertThat(replaced(story, AT)).as(story::log).isBetween(AT - 0.02, AT + 0.25);
            isWholeAgain(story);
            assertThat(story.failed()).as(story::log).isZero();
        }
    }

    @Test
    void aCordonedNodesReplicaIsReplacedBeforeItGoes() {
        try (Trouble story = twoReplicas()) {
            List<String> pods = story.pods(any -> true);
            story.sandbox
                    .user()
                    .nodes()
                    .withName(story.endpoints().get(0).getSpec().getNodeName())
                    .edit(node -> {
                        node.getSpec().setUnschedulable(true);
                        return node;
                    });
            story.until(story.minutes() + 0.35);
            assertThat(story.pods(any -> true)).as(story::log).hasSize(3).containsAll(pods);
            story.until(19);
            assertThat(story.endpoints()).as(story::log).hasSizeGreaterThanOrEqualTo(2);
            assertThat(story.failed()).as(story::log).isZero();
        }
    }
}
