package dev.gearshift.sandbox.apiserver.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of values without a schema: objects merge field by field, lists are replaced. */
public enum DeducedShape implements Shape {
    /** The only one. */
    INSTANCE;

    @Override
    public Form form(Object value) {
        return Shape.deduced(value);
    }

    @Override
    public Shape field(String name) {
        return this;
    }

    @Override
    public Shape item() {
        return this;
    }

    @Override
    public List<String> keys() {
        return List.of();
    }

    @Override
    public @Nullable Object keyDefault(String key) {
        return null;
    }
}
