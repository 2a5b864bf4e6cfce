package fence.prometheusknowsnoadapter.prometheus;

import fence.prometheusknowsnoadapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
