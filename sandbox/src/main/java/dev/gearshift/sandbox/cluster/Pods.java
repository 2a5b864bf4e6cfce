package dev.gearshift.sandbox.cluster;

import dev.gearshift.core.model.ReplicaPhase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions about a pod. */
public final class Pods {

    /** The container that serves. */
    public static final String ENGINE_CONTAINER = "engine";

    /** The label that says which model deployment a pod belongs to. */
    public static final String MODEL_LABEL = "gearshift.dev/model-deployment";

    /** The label that says which tier a pod was asked for on. */
    public static final String TIER_LABEL = "gearshift.dev/tier";

    private static final Set<String> FAILURES = Set.of("CrashLoopBackOff", "ErrImagePull", "ImagePullBackOff");

    private Pods() {}

    /** The pods of a tier. */
    public static Predicate<Pod> ofTier(String tier) {
        return pod -> tier.equals(label(pod, TIER_LABEL));
    }

    /** The pods of a model deployment. */
    public static Predicate<Pod> ofModel(String namespace, String name) {
        return pod -> namespace.equals(pod.getMetadata().getNamespace()) && name.equals(label(pod, MODEL_LABEL));
    }

    /** The pods whose engine has an image. */
    public static Predicate<Pod> withImage(String image) {
        return pod -> image.equals(engine(pod).getImage());
    }

    /** The tier a pod was asked for on. */
    public static Optional<String> tier(Pod pod) {
        return Optional.ofNullable(label(pod, TIER_LABEL));
    }

    /** The model deployment a pod belongs to. */
    public static Optional<String> model(Pod pod) {
        return Optional.ofNullable(label(pod, MODEL_LABEL));
    }

    private static @Nullable String label(Pod pod, String name) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? null : labels.get(name);
    }

    /** Where a pod is in its life; failing when a container waits in a back-off or has just ended. */
    public static ReplicaPhase replicaPhase(Pod pod) {
        if (isTerminating(pod)) {
            return ReplicaPhase.TERMINATING;
        }
        if (!isScheduled(pod)) {
            return ReplicaPhase.UNSCHEDULED;
        }
        if (isReady(pod)) {
            return ReplicaPhase.READY;
        }
        return isFailing(pod) ? ReplicaPhase.FAILING : ReplicaPhase.STARTING;
    }

    private static boolean isFailing(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .anyMatch(state -> state.getTerminated() != null
                                || (state.getWaiting() != null
                                        && FAILURES.contains(state.getWaiting().getReason())));
    }

    /** Its identity in the life of the cluster. */
    public static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    /** Its name with its namespace. */
    public static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    /** Whether it was told to stop. */
    public static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether it was placed on a node. */
    public static boolean isScheduled(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }

    /** Its phase; {@code Pending} before anybody wrote one. */
    public static String phase(Pod pod) {
        PodStatus status = pod.getStatus();
        return status == null || status.getPhase() == null ? "Pending" : status.getPhase();
    }

    /** Whether it runs or may still do so, and was not told to stop. */
    public static boolean isActive(Pod pod) {
        return !isTerminating(pod)
                && !phase(pod).equals("Succeeded")
                && !phase(pod).equals("Failed");
    }

    /** Whether its condition {@code Ready} is true. */
    public static boolean isReady(Pod pod) {
        return condition(pod, "Ready")
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /** One of its conditions. */
    public static Optional<PodCondition> condition(Pod pod, String type) {
        return conditions(pod).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    static List<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    }

    /** The container that serves: the one named {@code engine}, otherwise the first. */
    public static Container engine(Pod pod) {
        List<Container> containers = pod.getSpec().getContainers();
        return containers.stream()
                .filter(container -> ENGINE_CONTAINER.equals(container.getName()))
                .findFirst()
                .orElseGet(() -> containers.get(0));
    }

    /** Whether its engine has a hook that runs before it is told to stop. */
    static boolean finishesRequests(Pod pod) {
        Lifecycle lifecycle = engine(pod).getLifecycle();
        return lifecycle != null && lifecycle.getPreStop() != null;
    }

    /**
     * A condition as it should be: with the transition time of {@code pod}'s own when that has the same status.
     *
     * @param time the transition time otherwise
     */
    static PodCondition condition(Pod pod, String type, boolean isTrue, String reason, String message, String time) {
        PodCondition wanted = new PodCondition();
        wanted.setType(type);
        wanted.setStatus(isTrue ? "True" : "False");
        wanted.setReason(reason.isEmpty() ? null : reason);
        wanted.setMessage(message.isEmpty() ? null : message);
        wanted.setLastTransitionTime(condition(pod, type)
                .filter(present -> wanted.getStatus().equals(present.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .orElse(time));
        return wanted;
    }
}
