package dev.gearshift.sandbox.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How an engine's metrics library writes numbers. */
enum NumberStyle {

    /** {@code floatToGoString} of Python's client: always a point, an exponent from a million on. */
    PYTHON {
        @Override
        String finite(double value) {
            if (value != Math.rint(value) || Math.abs(value) >= WHOLE_LIMIT) {
                return Double.toString(value).toLowerCase(Locale.ROOT);
            }
            String digits = Long.toString((long) value);
            if (value < 0 || digits.length() <= 6) {
                return digits + ".0";
            }
            String mantissa = new BigDecimal((digits.charAt(0) + "." + digits.substring(1)))
                    .stripTrailingZeros()
                    .toPlainString();
            return mantissa + "e+" + String.format(Locale.ROOT, "%02d", digits.length() - 1);
        }
    },

    /** The shortest digits that mean the value, whole ones without a point, never an exponent: Rust and Triton. */
    SHORTEST {
        @Override
        String finite(double value) {
            return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        }
    },

    /** A C++ stream as it is by default: six digits, the rest is lost. */
    SIX_DIGITS {
        @Override
        String finite(double value) {
            if (value == 0) {
                return "0";
            }
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
            int exponent = rounded.precision() - rounded.scale() - 1;
            if (exponent >= -4 && exponent < 6) {
                return rounded.toPlainString();
            }
            String mantissa =
                    rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
            return mantissa + String.format(Locale.ROOT, "e%+03d", exponent);
        }
    };

    private static final double WHOLE_LIMIT = 1e15;

    abstract String finite(double value);

    /** The value as text. */
    String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return finite(value);
    }
}
