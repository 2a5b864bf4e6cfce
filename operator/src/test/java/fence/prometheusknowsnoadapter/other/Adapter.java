package fence.prometheusknowsnoadapter.other;

/** Another adapter. */
public record Adapter() {}
