package fence.metricsknownootheradapter.other;

/** Another adapter. */
public record Adapter() {}
