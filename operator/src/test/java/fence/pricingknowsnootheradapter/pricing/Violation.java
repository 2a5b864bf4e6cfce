package fence.pricingknowsnootheradapter.pricing;

import fence.pricingknowsnootheradapter.other.Adapter;

/** Knows another adapter. */
record Violation(Adapter adapter) {}
