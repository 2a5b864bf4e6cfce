package dev.gearshift.core.model;

/** Who tells what is asked of a model that has no replica, so that no engine can tell. */
public sealed interface DemandSource {

    /** A gateway in front of the engines, which counts requests by the model they name. */
    record Gateway() implements DemandSource {}

    /** An endpoint picker, which counts requests by model and holds those for which there is no endpoint. */
    record EndpointPicker() implements DemandSource {}

    /**
     * A query of the user's.
     *
     * @param text gives requests per second, as one number or as several that are added up
     */
    record Query(QueryText text) implements DemandSource {}
}
