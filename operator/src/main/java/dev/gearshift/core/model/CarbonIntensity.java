package dev.gearshift.core.model;

/**
 * How much carbon dioxide the electricity somewhere comes with.
 *
 * @param gramsPerKwh grams of CO₂ for each kilowatt-hour, not negative
 */
public record CarbonIntensity(double gramsPerKwh) {

    private static final double WATTS_PER_KILOWATT = 1000;

    public CarbonIntensity {
        Checks.notNegative("grams of CO2 per kWh", gramsPerKwh);
        Checks.finite("grams of CO2 per kWh", gramsPerKwh);
    }

    /** Grams an hour when so many of something draw that much each. */
    public double gramsPerHour(Watts each, int count) {
        return each.value() * count / WATTS_PER_KILOWATT * gramsPerKwh;
    }
}
