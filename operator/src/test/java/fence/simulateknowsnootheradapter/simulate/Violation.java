package fence.simulateknowsnootheradapter.simulate;

import fence.simulateknowsnootheradapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
