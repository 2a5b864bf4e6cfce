package dev.gearshift.simulate;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds measured data that is not part of the repository: in the folder named by the system property {@code gearshift.data} or
 * the variable {@code GEARSHIFT_DATA}, else in {@code shared/data} beside the repository or a few levels above it.
 */
final class MeasuredData {

    private static final int LEVELS = 6;

    private MeasuredData() {}

    /** Where the file is, or where it was last looked for; says so on standard output when it is nowhere. */
    static Path locate(String name) {
        String configured = System.getProperty("gearshift.data", System.getenv("GEARSHIFT_DATA"));
        Path here = Path.of("").toAbsolutePath();
        Path file = configured == null ? here.resolve("shared/data").resolve(name) : Path.of(configured, name);
        Path folder = here;
        for (int i = 0; configured == null && i < LEVELS && folder != null; i++, folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/data").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        if (!Files.exists(file)) {
            System.out.println("Not found, so its check is skipped: " + name + " (set GEARSHIFT_DATA to its folder)");
        }
        return file;
    }
}
