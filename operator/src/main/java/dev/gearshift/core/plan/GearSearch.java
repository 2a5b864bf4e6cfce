package dev.gearshift.core.plan;

/** stub. */
public final class GearSearch {

    private GearSearch() {}

    /** The cheapest gear. */
    public static GearAnswer cheapest(GearQuestion question) {
        if (question.candidates().isEmpty()) {
            return new GearAnswer(
                    dev.gearshift.core.model.Gear.EMPTY,
                    dev.gearshift.core.model.HourlyCost.ZERO,
                    dev.gearshift.core.model.RequestRate.ZERO,
                    java.util.Optional.empty(),
                    java.util.List.of());
        }
        throw new UnsupportedOperationException(question.toString());
    }
}
