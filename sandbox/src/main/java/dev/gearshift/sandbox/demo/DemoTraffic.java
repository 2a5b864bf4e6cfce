package dev.gearshift.sandbox.demo;

import dev.gearshift.simulate.AzureTrace;
import dev.gearshift.simulate.ChatWorkload;
import dev.gearshift.simulate.TraceFormatException;
import dev.gearshift.simulate.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The requests of the demo: a trace's, or generated ones. */
final class DemoTraffic {

    /** How long generated traffic lasts unless told otherwise. */
    static final Duration USUAL_DURATION = Duration.ofHours(1);

    private DemoTraffic() {}

    /**
     * The requests for the model of a number; models get different requests of the same kind.
     *
     * @param scenario where in the duration is how much of them, when they are generated
     * @throws DemoFailure when a trace cannot be read
     */
    static Workload of(DemoOptions options, DemoScenario scenario, int number) {
        long seed = options.seed() + number;
        return options.trace()
                .map(file -> trace(file, options, seed))
                .orElseGet(() -> new ChatWorkload(
                                options.duration().orElse(USUAL_DURATION), seed, options.scale(), scenario.curve())
                        .generate());
    }

    private static Workload trace(Path file, DemoOptions options, long seed) {
        try {
            return AzureTrace.read(file).workload(options.scale(), seed, options.duration());
        } catch (TraceFormatException e) {
            throw new DemoFailure(file + ", " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DemoFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
