package dev.gearshift.simulate;

/**
 * A distribution of whole numbers given by some of its quantiles, with straight lines between them.
 *
 * <p>{@code shares} ascend from 0 to 1, {@code values} do not descend.
 */
final class Quantiles {

    private final double[] shares;
    private final double[] values;

    Quantiles(double[] shares, double[] values) {
        if (shares.length != values.length || shares[0] != 0 || shares[shares.length - 1] != 1) {
            throw new IllegalArgumentException("need a value for each share from 0 to 1");
        }
        this.shares = shares.clone();
        this.values = values.clone();
    }

    /** The value below which the given share lies, rounded to the nearest whole number. */
    int at(double share) {
        int upper = 1;
        while (upper < shares.length - 1 && shares[upper] < share) {
            upper++;
        }
        double position = (share - shares[upper - 1]) / (shares[upper] - shares[upper - 1]);
        return (int) Math.round(values[upper - 1] + position * (values[upper] - values[upper - 1]));
    }
}
