package dev.gearshift.kubernetes.view;

import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.model.EngineFailure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the containers of a pod do not run: one waits in a back-off or cannot be made, has just ended with an error, or was
 * restarted as often as a broken engine is and is not ready.
 */
final class EngineFailures {

    private static final int LONGEST_MESSAGE = 300;

    private static final Set<String> WAITING = Set.of(
            "CrashLoopBackOff",
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private EngineFailures() {}

    static Optional<EngineFailure> of(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return Stream.concat(
                        statuses(pod.getStatus().getInitContainerStatuses()),
                        statuses(pod.getStatus().getContainerStatuses()))
                .flatMap(status -> of(status).stream())
                .findFirst();
    }

    private static Stream<ContainerStatus> statuses(@Nullable List<ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    private static Optional<EngineFailure> of(ContainerStatus status) {
        int restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
        ContainerStateTerminated ended = ended(status);
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        String reason = waiting == null ? null : waiting.getReason();
        boolean backedOff = "CrashLoopBackOff".equals(reason);
        boolean again = restarts >= EngineTrouble.RESTARTS && !Boolean.TRUE.equals(status.getReady());
        boolean justEnded = status.getState() != null && status.getState().getTerminated() != null;
        if (ended != null && isError(ended) && (backedOff || again || justEnded)) {
            // How a container ended says more than that it is not started again just now.
            return Optional.of(crashed(status, ended, restarts));
        }
        return waiting != null && reason != null && WAITING.contains(reason)
                ? Optional.of(failure(status, reason, OptionalInt.empty(), waiting.getMessage(), restarts))
                : Optional.empty();
    }

    private static EngineFailure crashed(ContainerStatus status, ContainerStateTerminated ended, int restarts) {
        return failure(
                status,
                Objects.requireNonNullElse(ended.getReason(), "Error"),
                ended.getExitCode() == null ? OptionalInt.empty() : OptionalInt.of(ended.getExitCode()),
                ended.getMessage(),
                restarts);
    }

    private static EngineFailure failure(
            ContainerStatus status, String cause, OptionalInt exitCode, @Nullable String message, int restarts) {
        return new EngineFailure(
                Objects.requireNonNullElse(status.getName(), "?"),
                cause,
                exitCode,
                shortened(Objects.requireNonNullElse(message, "")),
                restarts);
    }

    private static @Nullable ContainerStateTerminated ended(ContainerStatus status) {
        ContainerState now = status.getState();
        if (now != null && now.getTerminated() != null) {
            return now.getTerminated();
        }
        return status.getLastState() == null ? null : status.getLastState().getTerminated();
    }

    private static boolean isError(ContainerStateTerminated ended) {
        return !Integer.valueOf(0).equals(ended.getExitCode());
    }

    private static String shortened(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
