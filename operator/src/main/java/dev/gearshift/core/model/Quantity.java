package dev.gearshift.core.model;

/** A number with its unit, as it appears in a reason. */
public sealed interface Quantity permits Seconds, RequestRate, TokenRate, Tokens, Share, HourlyCost, Money, Count {}
