package fence.simulateknowsnootheradapter.other;

/** Another adapter. */
public record Adapter() {}
