package dev.gearshift.sandbox.apiserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One effective write. */
public final class Change {

    /** What happened to the object. */
    public enum Action {
        /** It is new. */
        ADDED,
        /** It is another version. */
        MODIFIED,
        /** It is gone. */
        DELETED
    }

    private final Action action;
    private final Stored now;
    private final @Nullable Stored before;
    private final long version;

    Change(Action action, Stored now, @Nullable Stored before, long version) {
        this.action = action;
        this.now = now;
        this.before = before;
        this.version = version;
    }

    /** What happened. */
    public Action action() {
        return action;
    }

    /** The kind of the object. */
    public ResourceType type() {
        return now.type();
    }

    /** Its namespace, empty for cluster-scoped kinds. */
    public String namespace() {
        return now.key().namespace();
    }

    /** Its name. */
    public String name() {
        return now.key().name();
    }

    /** The object after the write (before it, when it is gone), as a tree that must not be changed. */
    public Map<String, Object> tree() {
        return now.tree();
    }

    /** The object as {@link #tree()}, typed; shared, not to be changed. */
    public <T extends HasMetadata> T object(Class<T> as) {
        return now.typed(as);
    }

    /** The resource version of the write. */
    public long version() {
        return version;
    }

    Stored now() {
        return now;
    }

    @Nullable
    Stored before() {
        return before;
    }
}
