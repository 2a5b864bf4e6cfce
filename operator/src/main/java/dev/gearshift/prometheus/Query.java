package dev.gearshift.prometheus;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An instant query and what is made of its answer. The answer is never held as a whole: each element is handed on as it comes in.
 *
 * @param <T> what is made of it
 */
public final class Query<T> {

    /** Takes the elements of one answer. */
    public interface Gathering<T> extends Consumer<Sample> {

        /** What came of them; called once, after the last. */
        T result();
    }

    private final String name;
    private final String promql;
    private final Supplier<Gathering<T>> gatherings;

    private Query(String name, String promql, Supplier<Gathering<T>> gatherings) {
        this.name = name;
        this.promql = promql;
        this.gatherings = gatherings;
    }

    /**
     * A query.
     *
     * @param name what it is about, for messages
     * @param promql the expression; gives an instant vector
     * @param gatherings a new gathering for every attempt, so that a broken answer leaves nothing behind
     */
    public static <T> Query<T> of(String name, String promql, Supplier<Gathering<T>> gatherings) {
        return new Query<>(name, promql, gatherings);
    }

    /** A query whose elements fill something made anew for every attempt. */
    public static <T> Query<T> filling(String name, String promql, Supplier<T> container, BiConsumer<T, Sample> fill) {
        return new Query<>(name, promql, () -> new Filling<>(container.get(), fill));
    }

    private record Filling<T>(T result, BiConsumer<T, Sample> fill) implements Gathering<T> {

        @Override
        public void accept(Sample sample) {
            fill.accept(result, sample);
        }
    }

    /** What it is about. */
    public String name() {
        return name;
    }

    /** The expression. */
    public String promql() {
        return promql;
    }

    Gathering<T> gathering() {
        return gatherings.get();
    }
}
