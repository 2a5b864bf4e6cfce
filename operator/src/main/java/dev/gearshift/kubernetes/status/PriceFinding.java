package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.loop.Price;
import dev.gearshift.loop.PriceSource;
import java.util.Optional;

/** Condition {@code PriceAgrees} of a tier: whether what it declares is near what others say it costs. */
final class PriceFinding {

    /** A declared price may be off by this share of itself before a person should look. */
    static final double TOLERANCE = 0.25;

    private PriceFinding() {}

    /** What is found; empty when nobody but the tier says what it costs. */
    static Optional<Finding> of(Price price, HourlyCost declared) {
        Optional<Price.Refused> refused = price.refused();
        if (refused.isPresent()) {
            return Optional.of(Finding.fails(
                    "PriceRefused",
                    said(refused.get().source(), refused.get().perAccelerator(), declared)
                            + ": too far off to be believed, so it is not used; put spec.price, spec.acceleratorsPerNode or "
                            + refused.get().source().word() + " right"));
        }
        if (price.source() == PriceSource.DECLARED) {
            return Optional.empty();
        }
        double ratio = price.perAccelerator().perHour().ratioTo(declared.perHour());
        String said = said(price.source(), price.perAccelerator(), declared);
        return Optional.of(
                Math.abs(ratio - 1) > TOLERANCE
                        ? Finding.fails("PriceDiffers", said + ": plans are made with the former; correct spec.price")
                        : Finding.holds("Agrees", said));
    }

    private static String said(PriceSource source, HourlyCost price, HourlyCost declared) {
        return source.word() + " says " + Figures.dollars(price) + " $ an accelerator-hour, declared are "
                + Figures.dollars(declared) + " $";
    }
}
