package dev.gearshift.sandbox.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The file in which Prometheus' file-based discovery finds its targets. Replaced as a whole, so that it is never read half written. */
final class TargetsFile {

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    TargetsFile(Path file) {
        this.file = file;
    }

    void write(Collection<PrometheusTarget> targets) {
        List<Map<String, Object>> groups = new ArrayList<>();
        for (PrometheusTarget target : targets) {
            Map<String, String> labels = new TreeMap<>(target.labels());
            labels.put("__metrics_path__", target.metrics().getPath());
            groups.add(new TreeMap<>(Map.of("targets", List.of(target.address()), "labels", labels)));
        }
        // Its name must not match the pattern Prometheus watches.
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            Files.write(draft, json.writeValueAsBytes(groups));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
