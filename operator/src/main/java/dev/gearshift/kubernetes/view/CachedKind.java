package dev.gearshift.kubernetes.view;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One kind of object the operator keeps a cache of.
 *
 * @param type the kind
 * @param selected which objects of the kind are cached
 * @param objects what is in the cache
 * @param <R> the kind
 */
public record CachedKind<R extends HasMetadata>(
        Class<R> type, Predicate<HasMetadata> selected, Supplier<Stream<? extends HasMetadata>> objects) {

    /** The resource versions in the cache, by uid: equal to the cluster's when the cache has seen everything. */
    public SortedMap<String, String> versions() {
        return versions(objects.get());
    }

    /** The resource versions of those of {@code all} that belong into the cache, by uid. */
    public SortedMap<String, String> wanted(Stream<? extends HasMetadata> all) {
        return versions(all.filter(selected));
    }

    private static SortedMap<String, String> versions(Stream<? extends HasMetadata> objects) {
        SortedMap<String, String> versions = new TreeMap<>();
        objects.forEach(object ->
                versions.put(object.getMetadata().getUid(), object.getMetadata().getResourceVersion()));
        return versions;
    }
}
