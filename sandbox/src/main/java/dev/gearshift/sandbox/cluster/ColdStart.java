package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.DurationRange;
import java.time.Duration;

/**
 * How long an engine takes from being placed on a node to being ready.
 *
 * @param firstPull pulling its image onto a node that does not have it
 * @param cachedPull checking that the node has it
 * @param load from starting the container to answering requests
 */
public record ColdStart(DurationRange firstPull, DurationRange cachedPull, DurationRange load) {

    /** 45 to 75 seconds on a fresh node, 31 to 51 where the image is already there. */
    public static final ColdStart USUAL = new ColdStart(
            DurationRange.ofSeconds(15, 25),
            DurationRange.exactly(Duration.ofSeconds(1)),
            DurationRange.ofSeconds(30, 50));
}
