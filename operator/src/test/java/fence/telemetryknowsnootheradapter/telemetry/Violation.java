package fence.telemetryknowsnootheradapter.telemetry;

import fence.telemetryknowsnootheradapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
