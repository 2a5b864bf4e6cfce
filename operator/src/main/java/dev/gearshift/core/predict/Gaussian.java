package dev.gearshift.core.predict;

/** The normal distribution, as far as latency tails need it. */
final class Gaussian {

    private Gaussian() {}

    /**
     * The probability that a standard normal variable is above z, to within 1.5·10⁻⁷ (Abramowitz and Stegun, Handbook of
     * Mathematical Functions, 7.1.26).
     */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        double x = z / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double polynomial =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return polynomial * Math.exp(-x * x) / 2;
    }
}
