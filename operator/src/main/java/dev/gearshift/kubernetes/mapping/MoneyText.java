package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts of US dollars as the wire has them: decimal text that is not negative, below ten million, such as {@code 0.80}. */
public final class MoneyText {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");
    private static final int CENTS = 2;

    private MoneyText() {}

    /** The amount a text stands for; empty when it stands for none. */
    public static Optional<Money> parse(String text) {
        return AMOUNT.matcher(text).matches() ? Optional.of(Money.ofDollars(text)) : Optional.empty();
    }

    /** The amount as text, with at least two places and no more than the amount needs: {@code 0.80}, {@code 0.397}. */
    public static String of(Money money) {
        BigDecimal exact = money.dollars().stripTrailingZeros();
        return (exact.scale() < CENTS ? exact.setScale(CENTS, RoundingMode.UNNECESSARY) : exact).toPlainString();
    }
}
