package dev.gearshift.kubernetes.api.v1alpha1;

/** Names and patterns both resources share. */
public final class GearshiftApi {

    /** The API group. */
    public static final String GROUP = "gearshift.dev";

    /** The version these types are of. */
    public static final String VERSION = "v1alpha1";

    /** The container of a template that is the server. */
    public static final String ENGINE_CONTAINER = "engine";

    /** The longest name of a ModelDeployment. */
    public static final int MODEL_NAME_LENGTH = 40;

    /** The longest name of a HardwareTier. */
    public static final int TIER_NAME_LENGTH = 20;

    /** Most tiers of one ModelDeployment. */
    public static final int MOST_TIERS = 12;

    /** Names that become part of Service names: a DNS-1035 label. */
    static final String LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

    /** Names of tiers, a DNS-1123 label. */
    static final String TIER = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** Spans of time such as {@code 500ms} or {@code 1h30m}. */
    static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    /** Amounts of dollars such as {@code 0.80}. */
    static final String MONEY = "^[0-9]{1,7}(\\.[0-9]{1,9})?$";

    /** Billions of parameters such as {@code 8.03}. */
    static final String BILLIONS = "^[0-9]{1,6}(\\.[0-9]{1,6})?$";

    /** Names of Prometheus metrics. */
    public static final String METRIC = "^[a-zA-Z_:][a-zA-Z0-9_:]*$";

    /** The longest name of a Prometheus metric that is read. */
    public static final int METRIC_LENGTH = 128;

    private GearshiftApi() {}
}
