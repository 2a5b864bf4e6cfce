package fence.kubernetesknowsnootheradapter.other;

/** Another adapter. */
public record Adapter() {}
