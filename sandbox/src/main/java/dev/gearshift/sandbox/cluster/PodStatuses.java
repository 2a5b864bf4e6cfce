package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.cluster.ContainerLife.Exit;
import dev.gearshift.sandbox.cluster.ContainerLife.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a pod's status should say, in the words of a kubelet. */
final class PodStatuses {

    private PodStatuses() {}

    /**
     * The status of a pod.
     *
     * @param ip its address
     * @param admitted when its kubelet took it on
     * @param now the present
     */
    static PodStatus of(Pod pod, ContainerLife life, String ip, String admitted, String now) {
        boolean ready = life.step() == Step.SERVING;
        String engine = Pods.engine(pod).getName();
        List<ContainerStatus> containers = new ArrayList<>();
        for (Container container : pod.getSpec().getContainers()) {
            containers.add(container.getName().equals(engine) ? engine(pod, container, life) : beside(container, life));
        }
        return new PodStatusBuilder(pod.getStatus())
                .withPhase(life.everStarted() ? "Running" : "Pending")
                .withPodIP(ip)
                .withStartTime(admitted)
                .withContainerStatuses(containers)
                .withConditions(conditions(pod, ready, engine, admitted, now))
                .build();
    }

    private static List<PodCondition> conditions(Pod pod, boolean ready, String engine, String admitted, String now) {
        String reason = ready ? "" : "ContainersNotReady";
        String message = ready ? "" : "containers with unready status: [" + engine + "]";
        return List.of(
                Pods.condition(pod, "PodScheduled", true, "", "", admitted),
                Pods.condition(pod, "Initialized", true, "", "", admitted),
                Pods.condition(pod, "ContainersReady", ready, reason, message, now),
                Pods.condition(pod, "Ready", ready, reason, message, now));
    }

    private static ContainerStatus engine(Pod pod, Container container, ContainerLife life) {
        ContainerStatusBuilder status = named(container)
                .withReady(life.step() == Step.SERVING)
                .withStarted(life.step() == Step.SERVING)
                .withRestartCount(life.restarts())
                .withState(state(pod, container, life));
        if (life.step() != Step.EXITED) {
            life.lastExit().ifPresent(exit -> status.withLastState(terminated(exit)));
        }
        return status.build();
    }

    private static ContainerStatus beside(Container container, ContainerLife life) {
        boolean up = life.everStarted();
        return named(container)
                .withReady(up)
                .withStarted(up)
                .withRestartCount(0)
                .withState(up ? running(life) : waiting("ContainerCreating", ""))
                .build();
    }

    private static ContainerStatusBuilder named(Container container) {
        return new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage());
    }

    private static ContainerState state(Pod pod, Container container, ContainerLife life) {
        int wait = life.backOffSeconds().orElse(0);
        return switch (life.step()) {
            case PULLING -> waiting("ContainerCreating", "");
            case ERR_IMAGE_PULL -> waiting("ErrImagePull", life.pullError());
            case IMAGE_PULL_BACK_OFF ->
                waiting(
                        "ImagePullBackOff",
                        "Back-off pulling image \"%s\": %s".formatted(container.getImage(), life.pullError()));
            case LOADING, SERVING -> running(life);
            case EXITED -> life.lastExit().map(PodStatuses::terminated).orElseThrow();
            case CRASH_LOOP_BACK_OFF ->
                waiting(
                        "CrashLoopBackOff",
                        "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                                .formatted(
                                        wait < 60 ? wait + "s" : wait / 60 + "m" + wait % 60 + "s",
                                        container.getName(),
                                        pod.getMetadata().getName(),
                                        pod.getMetadata().getNamespace(),
                                        Pods.uid(pod)));
        };
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder()
                .withNewWaiting(message.isEmpty() ? null : message, reason)
                .build();
    }

    private static ContainerState running(ContainerLife life) {
        return new ContainerStateBuilder()
                .withNewRunning(Timestamps.of(life.startedAt()))
                .build();
    }

    private static ContainerState terminated(Exit exit) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exit.code())
                .withReason(exit.reason())
                .withMessage(exit.message().isEmpty() ? null : exit.message())
                .withStartedAt(Timestamps.of(exit.startedAt()))
                .withFinishedAt(Timestamps.of(exit.finishedAt()))
                .endTerminated()
                .build();
    }
}
