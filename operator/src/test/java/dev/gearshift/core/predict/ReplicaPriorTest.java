package dev.gearshift.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaPriorTest {

    @Test
    void anEightBillionModelInSixteenBitsIsTooSlowForFortyMillisecondsOnAnL4() {
        assertThat(Examples.model(Examples.l4(Precision.BF16)).step().alpha().millis())
                .isBetween(65.0, 70.0);
        assertThat(Examples.model(Examples.l4(Precision.FP8)).step().alpha().millis())
                .isBetween(33.0, 40.0);
    }

    @Test
    void theCacheOfAMeasuredCardComesOutRight() {
        TierOption card = Examples.option(new Datasheet(1008, 165), 24, Precision.BF16, 1);
        assertThat(Examples.model(card).kvCapacity().count()).isCloseTo(41_408, within(1_000.0));
    }

    @Test
    void theCacheTheEngineTellsStandsInsteadOfTheEstimate() {
        StepModel model = ReplicaPrior.of(Examples.l4(Precision.FP8), Optional.of(new Tokens(12_345)));
        assertThat(model.kvCapacity()).isEqualTo(new Tokens(12_345));
    }

    @Test
    void measuredStepTimesStandInsteadOfTheGuess() {
        StepCoefficients measured = new StepCoefficients(
                Seconds.ofMillis(10), Seconds.ofMillis(0.1), new Seconds(1e-7), Seconds.ofMillis(0.05));
        TierOption guessed = Examples.l4(Precision.FP8);
        TierOption option =
                new TierOption(guessed.tier(), 1, guessed.profile(), guessed.limits(), Optional.of(measured));
        assertThat(Examples.model(option).step()).isEqualTo(measured);
        assertThat(Examples.model(option).kvCapacity())
                .isEqualTo(Examples.model(guessed).kvCapacity());
    }

    @Test
    void moreAcceleratorsDivideTheWorkWithLoss() {
        StepCoefficients one = Examples.model(Examples.h100(Precision.BF16, 1)).step();
        StepCoefficients four = Examples.model(Examples.h100(Precision.BF16, 4)).step();
        assertThat(four.alpha().value())
                .isBetween(one.alpha().value() / 4, one.alpha().value() / 2);
        assertThat(four.epsilon().value())
                .isBetween(one.epsilon().value() / 4, one.epsilon().value() / 2);
        assertThat(four.gamma().value()).isCloseTo(one.gamma().value() / 4, within(1e-12));
    }

    @Test
    void weightsThatDoNotFitLeaveNoCache() {
        TierOption small = Examples.option(new Datasheet(300, 121), 12, Precision.BF16, 1);
        assertThat(Examples.model(small).kvCapacity()).isEqualTo(Tokens.ZERO);
    }
}
