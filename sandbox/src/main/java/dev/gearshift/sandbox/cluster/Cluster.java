package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.apiserver.ClusterStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The store as the controllers read it: each type is listed at most once between two writes. What is read must not be changed.
 */
public final class Cluster {

    private final ClusterStore store;
    private final Map<Class<?>, List<? extends HasMetadata>> lists = new LinkedHashMap<>();
    private long seen = -1;

    /** A view of {@code store}. */
    public Cluster(ClusterStore store) {
        this.store = store;
    }

    /** Every object of a type, ordered by namespace and name. */
    @SuppressWarnings("unchecked") // a list is only ever entered under the type of its elements
    public <T extends HasMetadata> List<T> list(Class<T> type) {
        if (seen != store.writes()) {
            lists.clear();
            seen = store.writes();
        }
        List<? extends HasMetadata> cached = lists.get(type);
        if (cached == null) {
            cached = List.copyOf(store.list(type));
            lists.put(type, cached);
        }
        return (List<T>) cached;
    }

    /** Every pod. */
    public List<Pod> pods() {
        return list(Pod.class);
    }

    /** Every node. */
    public List<Node> nodes() {
        return list(Node.class);
    }

    /** The node of a name. */
    public Optional<Node> node(String name) {
        return nodes().stream()
                .filter(node -> node.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The pods on a node, those on their way out included. */
    public List<Pod> podsOn(String node) {
        return pods().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .toList();
    }

    /** The objects of a type which {@code owner} controls. */
    public <T extends HasMetadata> List<T> controlledBy(HasMetadata owner, Class<T> type) {
        String uid = owner.getMetadata().getUid();
        List<T> controlled = new ArrayList<>();
        for (T object : list(type)) {
            for (OwnerReference reference : object.getMetadata().getOwnerReferences()) {
                if (Boolean.TRUE.equals(reference.getController()) && Objects.equals(uid, reference.getUid())) {
                    controlled.add(object);
                }
            }
        }
        return controlled;
    }

    /** How many writes there were so far. */
    public long writes() {
        return store.writes();
    }

    void create(HasMetadata object) {
        store.create(object);
    }

    /** Replaces everything but the status of an object edited by a builder. */
    void update(HasMetadata edited) {
        edited.getMetadata().setResourceVersion(null);
        store.update(edited);
    }

    /** Replaces the status of an object edited by a builder. */
    void updateStatus(HasMetadata edited) {
        // Nobody else writes while a controller acts, so two writes in a row may start from one reading.
        edited.getMetadata().setResourceVersion(null);
        store.updateStatus(edited);
    }

    void delete(HasMetadata object) {
        store.delete(object);
    }

    void remove(HasMetadata object) {
        store.remove(object);
    }

    /** A reference that says {@code owner} controls the object which carries it. */
    static OwnerReference controller(HasMetadata owner) {
        OwnerReference reference = new OwnerReference();
        reference.setApiVersion(owner.getApiVersion());
        reference.setKind(owner.getKind());
        reference.setName(owner.getMetadata().getName());
        reference.setUid(owner.getMetadata().getUid());
        reference.setController(true);
        reference.setBlockOwnerDeletion(true);
        return reference;
    }
}
