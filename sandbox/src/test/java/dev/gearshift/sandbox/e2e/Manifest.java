package dev.gearshift.sandbox.e2e;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object as a user writes it. An edit gives another manifest. Places in it are written as in error messages, such as
 * {@code spec.tiers[0].name}; their keys hold no dots.
 *
 * @param tree the object as plain values
 */
record Manifest(Map<String, Object> tree) {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Path EXAMPLES = Path.of("..", "examples");

    Manifest {
        tree = Json.copy(tree);
    }

    /** One object of YAML or JSON. */
    static Manifest of(String text) {
        return new Manifest(Json.parse(text));
    }

    /** An object that came from a cluster. */
    static Manifest of(GenericKubernetesResource object) {
        return new Manifest(Json.tree(object));
    }

    /** Every object of a file of the quickstart. */
    static List<Manifest> quickstart(String file) {
        return example("quickstart", file);
    }

    /** Every object of a file of an example. */
    static List<Manifest> example(String example, String file) {
        try {
            return Arrays.stream(Files.readString(EXAMPLES.resolve(example).resolve(file))
                            .split("(?m)^---\\s*$", -1))
                    .map(Manifest::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object of a kind and name in the quickstart. */
    static Manifest quickstart(String file, String kind, String name) {
        return quickstart(file).stream()
                .filter(manifest ->
                        manifest.text("kind").equals(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same under another name. */
    Manifest named(String name) {
        return with("metadata.name", name);
    }

    /** The same with a value at a place; what is missing on the way there is made. */
    Manifest with(String place, Object value) {
        Manifest edited = new Manifest(tree);
        put(edited.tree, steps(place), Json.normal(value));
        return edited;
    }

    /** The same without what is at a place. */
    Manifest without(String place) {
        Manifest edited = new Manifest(tree);
        List<String> steps = steps(place);
        Json.map(at(edited.tree, steps.subList(0, steps.size() - 1))).remove(steps.get(steps.size() - 1));
        return edited;
    }

    /** What is at a place, or null. */
    @Nullable
    Object at(String place) {
        return at(tree, steps(place));
    }

    /** The text at a place; empty when there is nothing. */
    String text(String place) {
        return Objects.toString(at(place), "");
    }

    String name() {
        return text("metadata.name");
    }

    /** What a client sends. */
    GenericKubernetesResource object() {
        return SERIALIZATION.convertValue(tree, GenericKubernetesResource.class);
    }

    String json() {
        return Json.write(tree);
    }

    private static List<String> steps(String place) {
        return List.of(place.replace("[", ".").replace("]", "").split("\\.", -1));
    }

    private static @Nullable Object at(@Nullable Object from, List<String> steps) {
        Object value = from;
        for (String step : steps) {
            value = value instanceof List<?> items
                    ? items.get(Integer.parseInt(step))
                    : Json.map(value).get(step);
        }
        return value;
    }

    private static void put(Map<String, Object> tree, List<String> steps, Object value) {
        Map<String, Object> parent = tree;
        for (int i = 0; i < steps.size() - 1; i++) {
            if (parent.get(steps.get(i)) instanceof List<?> items) {
                parent = Json.map(items.get(Integer.parseInt(steps.get(++i))));
            } else {
                parent = Json.child(parent, steps.get(i));
            }
        }
        parent.put(steps.get(steps.size() - 1), value);
    }
}
