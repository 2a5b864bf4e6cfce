package fence.pricingknowsnootheradapter.other;

/** Another adapter. */
public record Adapter() {}
