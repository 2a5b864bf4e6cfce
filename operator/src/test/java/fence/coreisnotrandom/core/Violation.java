package fence.coreisnotrandom.core;

import java.util.Random;

/** Throws dice. */
final class Violation {
    int dice(Random random) {
        return random.nextInt();
    }
}
