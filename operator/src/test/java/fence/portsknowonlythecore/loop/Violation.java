package fence.portsknowonlythecore.loop;

import fence.portsknowonlythecore.other.Adapter;

/** Knows an adapter. */
record Violation(Adapter adapter) {}
