package dev.gearshift.kubernetes.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every owned object with a file, as text: what differs can be pasted back. After a change that is meant, run
 * {@code mvn -pl operator test -Dtest=GoldenTest#everyOwnedObjectIsAsWritten -Dgearshift.golden.write=true}, read the
 * difference and commit it. A changed template of a released version restarts every replica of every user.
 */
class GoldenTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    static Stream<Path> directories() throws IOException {
        return list(DIRECTORY).stream();
    }

    @ParameterizedTest
    @MethodSource("directories")
    void everyOwnedObjectIsAsWritten(Path directory) throws IOException {
        for (Map.Entry<String, String> object :
                GoldenCase.in(directory).objects().entrySet()) {
            Path file = directory.resolve(object.getKey());
            if (Boolean.getBoolean("gearshift.golden.write")) {
                Files.writeString(file, object.getValue());
            }
            assertThat(file).hasContent(object.getValue());
        }
    }

    @Test
    void everyFileIsUsed() throws IOException {
        assertThat(list(DIRECTORY)).hasSizeGreaterThanOrEqualTo(3).allMatch(Files::isDirectory);
        for (Path directory : list(DIRECTORY)) {
            GoldenCase golden = GoldenCase.in(directory);
            SortedSet<String> used = new TreeSet<>(golden.used());
            used.addAll(golden.objects().keySet());
            assertThat(list(directory))
                    .as("files of %s", directory)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyElementsOf(used);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        }
    }
}
