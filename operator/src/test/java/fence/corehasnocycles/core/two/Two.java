package fence.corehasnocycles.core.two;

import fence.corehasnocycles.core.one.One;
import java.util.Optional;

/** The other half of a cycle. */
public record Two(Optional<One> one) {}
