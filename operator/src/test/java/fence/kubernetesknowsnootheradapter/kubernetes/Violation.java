package fence.kubernetesknowsnootheradapter.kubernetes;

import fence.kubernetesknowsnootheradapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
