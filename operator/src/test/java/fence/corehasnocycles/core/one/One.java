package fence.corehasnocycles.core.one;

import fence.corehasnocycles.core.two.Two;

/** Half of a cycle. */
public record One(Two two) {}
