package dev.gearshift.core.model;

/**
 * A gear that was considered and not chosen.
 *
 * @param gear the gear
 * @param cost its bill
 * @param ruledOutBy what spoke against it
 */
public record Alternative(Gear gear, HourlyCost cost, Reason ruledOutBy) {}
