package dev.gearshift.pricing;

import dev.gearshift.core.model.HourlyCost;

/**
 * What is believed of a price: what lies from a quarter to four times the declared one. Prices of one accelerator on one market differ by
 * less (an H100 costs 2.70 to 11.10 dollars an hour over all sellers, a spot node a third of one on demand); a node counted twice or not
 * at all, a price per month, or a price in cents differ by more. Where zero is declared nothing else is believed.
 */
final class Plausible {

    /** How many times the declared price, and what part of it, is still believed. */
    static final int FACTOR = 4;

    private Plausible() {}

    static boolean is(HourlyCost said, HourlyCost declared) {
        return said.compareTo(HourlyCost.ZERO) > 0
                && said.compareTo(declared.times(FACTOR)) <= 0
                && said.times(FACTOR).compareTo(declared) >= 0;
    }
}
