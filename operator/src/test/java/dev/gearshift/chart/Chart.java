package dev.gearshift.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A chart in {@code helm/}, rendered by the library of Helm. */
enum Chart {
    /** The operator's. */
    GEARSHIFT("gearshift"),
    /** The catalogues of hardware tiers. */
    TIERS("gearshift-tiers");

    /** The values without which the operator's chart refuses to render. */
    static final String IMAGE = "image: {repository: example/gearshift}\n";

    /** The release in tests. */
    static final String RELEASE = "gearshift";

    /** The release's namespace in tests. */
    static final String NAMESPACE = "gearshift-system";

    /** The version of the cluster it is rendered for. */
    static final String KUBERNETES = "1.33.0";

    private static final KubernetesSerialization WIRE = new KubernetesSerialization();
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

    private final Path directory;

    Chart(String name) {
        this.directory = Path.of("..", "helm", name);
    }

    /** A file of the chart. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** A file of the chart, read as YAML or JSON. */
    JsonNode read(String name) {
        try {
            return yaml(Files.readString(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Helm renders with values as YAML. */
    String text(String values) {
        Path file = written(values);
        try {
            return new Helm(directory)
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(file)
                    .call();
        } finally {
            file.toFile().delete();
        }
    }

    /** The objects Helm renders, in its order. */
    List<JsonNode> objects(String values) {
        return documents(text(values));
    }

    /** The objects of one kind. */
    List<JsonNode> objects(String kind, String values) {
        return objects(values).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The only object of a kind. */
    JsonNode object(String kind, String values) {
        List<JsonNode> found = objects(kind, values);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects are a " + kind + ", not one");
        }
        return found.get(0);
    }

    /** What {@code helm lint --strict} says with the chart's own values. */
    LintResult lint() {
        return new Helm(directory).lint().strict().call();
    }

    /** Reads one document. */
    static JsonNode yaml(String text) {
        return WIRE.unmarshal(text, JsonNode.class);
    }

    /** Reads all documents that hold something. */
    static List<JsonNode> documents(String text) {
        List<JsonNode> objects = new ArrayList<>();
        for (String document : SEPARATOR.splitAsStream(text).toList()) {
            if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                objects.add(yaml(document));
            }
        }
        return objects;
    }

    /** Writes values into a file of their own. */
    static Path written(String values) {
        try {
            return Files.writeString(Files.createTempFile("values", ".yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
