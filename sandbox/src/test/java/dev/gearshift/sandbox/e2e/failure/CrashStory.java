package dev.gearshift.sandbox.e2e.failure;

import dev.gearshift.kubernetes.Labels;
import dev.gearshift.sandbox.apiserver.ClientRequest;
import dev.gearshift.sandbox.apiserver.Fate;
import dev.gearshift.sandbox.apiserver.Interference;
import dev.gearshift.sandbox.operator.OperatorInWorld;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The life of a model from its creation to its deletion, with everything the operator ever writes; and an operator that is killed at
 * its first request of each of some kinds. Every request of a killed operator is refused, so that nothing it still does counts.
 */
final class CrashStory implements AutoCloseable {

    /** On which side of a write the operator dies. */
    enum Moment {
        BEFORE,
        AFTER
    }

    private static final int DEAD = 503;

    /** What a life leaves when its model is at rest, and when that is deleted. */
    record Left(List<String> atRest, List<String> afterwards) {}

    final Trouble trouble = new Trouble("l4-spot", "l4");
    private final SortedSet<String> written = new TreeSet<>();
    private final Set<String> deadly = ConcurrentHashMap.newKeySet();
    private final SortedSet<String> deaths = new TreeSet<>();
    private final AtomicReference<String> killedAt = new AtomicReference<>();

    CrashStory(Set<String> kinds, Moment moment) {
        deadly.addAll(kinds);
        trouble.sandbox.server().interfere(interference(moment));
        trouble.always(this::replaceTheDead);
    }

    private Interference interference(Moment moment) {
        return request -> {
            if (!request.client().equals(OperatorInWorld.CLIENT)) {
                return Fate.ANSWERED;
            }
            if (killedAt.get() != null) {
                return Fate.refused(DEAD);
            }
            if (request.writes()) {
                note(request);
                if (deadly.remove(request.kind())) {
                    killedAt.set(request.kind());
                    return moment == Moment.BEFORE ? Fate.refused(DEAD) : Fate.doneButFailed(DEAD);
                }
            }
            return Fate.ANSWERED;
        };
    }

    private synchronized void note(ClientRequest request) {
        written.add(request.kind());
    }

    private void replaceTheDead() {
        String death = killedAt.get();
        if (death != null) {
            trouble.sandbox.stopOperator();
            deaths.add(death);
            killedAt.set(null);
            trouble.startOperator();
        }
    }

    /** Plays the life. */
    Left play() {
        trouble.requests(1, 4, 9).requests(5, 9, 14).requests(0.5, 14, 34);
        trouble.declare("v1", "10m", List.of("l4-spot", "l4")).until(18);
        trouble.declare("v2", "10m", List.of("l4-spot", "l4")).until(24);
        trouble.declare("v2", "10m", List.of("l4")).until(29);
        mode("Paused").until(29.5);
        mode("Auto").until(30);
        // The same news once more.
        mode("Paused").until(30.5);
        mode("Auto").until(36);
        List<String> atRest = atRest();
        trouble.sandbox
                .user()
                .resource(trouble.sandbox.model(Trouble.NAMESPACE, Trouble.NAME).orElseThrow())
                .delete();
        trouble.until(37);
        return new Left(atRest, objects().map(CrashStory::name).toList());
    }

    private Trouble mode(String mode) {
        trouble.sandbox
                .user()
                .resource(trouble.sandbox.model(Trouble.NAMESPACE, Trouble.NAME).orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"scaling\":{\"mode\":\"" + mode + "\"}}}");
        return trouble;
    }

    /** What there is, without what differs from one operator to the next: names of pods, times, figures. */
    private List<String> atRest() {
        List<String> lines = new TreeSet<>(objects()
                        .filter(object -> !(object instanceof Pod || object instanceof ReplicaSet))
                        .map(object -> object instanceof Deployment deployment
                                ? name(object) + " " + deployment.getSpec()
                                : name(object))
                        .toList())
                .stream().toList();
        return Stream.of(
                        lines.stream(),
                        trouble.serving().entrySet().stream().map(tier -> "serving " + tier),
                        Stream.of("pods " + trouble.pods(any -> true).size()),
                        Objects.requireNonNull(trouble.sandbox
                                        .model(Trouble.NAMESPACE, Trouble.NAME)
                                        .orElseThrow()
                                        .getStatus()
                                        .conditions())
                                .stream()
                                .map(CrashStory::condition))
                .flatMap(each -> each)
                .toList();
    }

    private static String condition(Condition condition) {
        return condition.getType() + "=" + condition.getStatus() + "/" + condition.getReason();
    }

    private Stream<HasMetadata> objects() {
        return Stream.of(
                        Deployment.class,
                        ReplicaSet.class,
                        Service.class,
                        PodDisruptionBudget.class,
                        ConfigMap.class,
                        Pod.class)
                .flatMap(kind -> trouble.world.cluster().list(kind).stream())
                .filter(object -> object.getMetadata().getLabels().containsKey(Labels.MODEL_DEPLOYMENT))
                .map(object -> object);
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    /** The kinds of writes the operators made. */
    synchronized SortedSet<String> written() {
        return new TreeSet<>(written);
    }

    /** The writes at which an operator was killed. */
    SortedSet<String> deaths() {
        return deaths;
    }

    @Override
    public void close() {
        trouble.close();
    }
}
