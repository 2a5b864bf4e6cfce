package fence.portsknowonlythecore.other;

/** An adapter. */
public record Adapter() {}
