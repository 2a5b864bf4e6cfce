package dev.gearshift.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReplicaPhase;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultStoryTest {

    private static final Duration ALWAYS = Duration.ofHours(10);

    private static Story with(Fault fault, Duration until) {
        Story story = new Story(
                3,
                options -> new WorldOptions(
                        options.seed(),
                        options.start(),
                        List.of(Story.group("l4", "0.71").startingWith(1)),
                        options.nodeIdleTime(),
                        options.coldStart(),
                        options.engines(),
                        options.collected()));
        story.world.disturbances().fault(Duration.ZERO, until, Pods.ofTier("l4"), fault);
        return story.deploy("chat", "l4", 1);
    }

    private static ContainerStatus engine(Story story) {
        return story.pod(0).getStatus().getContainerStatuses().get(0);
    }

    @Test
    void anEngineThatCrashesIsRestartedLaterAndLater() {
        try (Story story = with(Fault.Crash.error(1, "CUDA out of luck", Duration.ofSeconds(5)), ALWAYS)) {
            List<Integer> restarts = new ArrayList<>();
            int seen = 0;
            for (int second = 0; second < 1500; second++) {
                story.until(second);
                if (!story.pod(0).getStatus().getContainerStatuses().isEmpty()
                        && engine(story).getRestartCount() > seen) {
                    seen++;
                    restarts.add(second);
                }
            }
            List<Integer> gaps = new ArrayList<>();
            for (int i = 1; i < restarts.size(); i++) {
                gaps.add(restarts.get(i) - restarts.get(i - 1) - 6);
            }
            assertThat(gaps).startsWith(10, 20, 40, 80, 160, 300, 300);
            assertThat(engine(story).getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(engine(story).getState().getWaiting().getMessage())
                    .startsWith("back-off 5m0s restarting failed container=engine pod=chat-l4-");
            assertThat(engine(story).getLastState().getTerminated()).satisfies(exit -> {
                assertThat(exit.getExitCode()).isEqualTo(1);
                assertThat(exit.getReason()).isEqualTo("Error");
                assertThat(exit.getMessage()).isEqualTo("CUDA out of luck");
            });
            assertThat(story.pod(0).getStatus().getPhase()).isEqualTo("Running");
            assertThat(Pods.isReady(story.pod(0))).isFalse();
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.FAILING, 1));
        }
    }

    @Test
    void anEngineOutOfMemoryShowsExitCode137() {
        try (Story story =
                with(Fault.Crash.outOfMemory(Duration.ofSeconds(20)), ALWAYS).until(120)) {
            assertThat(engine(story).getLastState().getTerminated().getExitCode())
                    .isEqualTo(137);
            assertThat(engine(story).getLastState().getTerminated().getReason()).isEqualTo("OOMKilled");
        }
    }

    @Test
    void anImageThatCannotBePulledIsTriedAgainAndWorksWhenItIsThere() {
        try (Story story = with(new Fault.ImagePull("not found"), Duration.ofSeconds(60))) {
            List<String> reasons = new ArrayList<>();
            for (int second = 0; second < 60; second++) {
                story.until(second);
                var state = engine(story).getState();
                if (reasons.isEmpty()
                        || !reasons.get(reasons.size() - 1)
                                .equals(state.getWaiting().getReason())) {
                    reasons.add(state.getWaiting().getReason());
                }
            }
            assertThat(reasons).startsWith("ContainerCreating", "ErrImagePull", "ImagePullBackOff", "ErrImagePull");
            assertThat(story.pod(0).getStatus().getPhase()).isEqualTo("Pending");
            assertThat(story.events("Failed"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getMessage())
                            .isEqualTo("Failed to pull image \"vllm/vllm-openai:v0.11.0\": not found"));
            story.until(200);
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.READY, 1));
        }
    }

    @Test
    void anEngineMayRunAndNeverBeReady() {
        try (Story story = with(new Fault.NeverReady(), ALWAYS).until(3600)) {
            assertThat(story.pod(0).getStatus().getPhase()).isEqualTo("Running");
            assertThat(engine(story).getRestartCount()).isZero();
            assertThat(story.world.replicas()).containsEntry("l4", Map.of(ReplicaPhase.STARTING, 1));
        }
    }

    @Test
    void aServingEngineThatCrashesOnceComesBack() {
        try (Story story = with(new Fault.NeverReady(), Duration.ofMillis(1))) {
            story.world
                    .disturbances()
                    .crash(Duration.ofSeconds(200), Pods.ofTier("l4"), Fault.Crash.error(139, "", Duration.ZERO));
            story.until(200);
            assertThat(Pods.isReady(story.pod(0))).isFalse();
            assertThat(engine(story).getState().getTerminated().getExitCode()).isEqualTo(139);
            story.until(260);
            assertThat(Pods.isReady(story.pod(0))).isTrue();
            assertThat(engine(story).getRestartCount()).isEqualTo(1);
        }
    }
}
