package dev.gearshift.core.model;

import java.time.Duration;

/**
 * Permission to run a model with no replica while nothing is asked of it.
 *
 * @param source who tells what is asked meanwhile
 * @param idleAfter for how long nothing must have been asked before the last replica is released; positive
 */
public record ScaleToZero(DemandSource source, Duration idleAfter) {

    public ScaleToZero {
        if (idleAfter.isNegative() || idleAfter.isZero()) {
            throw new IllegalArgumentException("idleAfter must be positive, but is " + idleAfter);
        }
    }
}
