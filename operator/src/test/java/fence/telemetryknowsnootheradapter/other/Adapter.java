package fence.telemetryknowsnootheradapter.other;

/** Another adapter. */
public record Adapter() {}
