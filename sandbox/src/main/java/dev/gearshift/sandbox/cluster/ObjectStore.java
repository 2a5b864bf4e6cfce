package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What the parts of a cluster need of its API server: synchronous and in this process. Answers are copies; changing one changes
 * nothing.
 */
public interface ObjectStore {

    /** Every object of a type, ordered by namespace and name. */
    <T extends HasMetadata> List<T> list(Class<T> type);

    /** Adds an object. */
    <T extends HasMetadata> void create(T object);

    /** Replaces everything but the status of an object that exists. */
    <T extends HasMetadata> void update(T object);

    /** Replaces the status of an object that exists. */
    <T extends HasMetadata> void updateStatus(T object);

    /**
     * Deletes an object as the API server does: a pod on a node is only marked, with {@code deletionTimestamp} the end of its
     * grace period; anything else is gone at once. Nothing happens to an object that does not exist.
     */
    void delete(HasMetadata object);

    /** Makes an object gone, whatever its grace period. Nothing happens to an object that does not exist. */
    void remove(HasMetadata object);

    /** How many writes there were so far: equal numbers mean equal contents. */
    long writes();
}
