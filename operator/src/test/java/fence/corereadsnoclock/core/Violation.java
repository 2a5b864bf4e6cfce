package fence.corereadsnoclock.core;

import java.time.Instant;

/** Reads the clock. */
final class Violation {
    @SuppressWarnings("TimeZoneUsage")
    Instant time() {
        return Instant.now();
    }
}
