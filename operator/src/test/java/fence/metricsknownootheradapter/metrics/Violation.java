package fence.metricsknownootheradapter.metrics;

import fence.metricsknownootheradapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
