package dev.gearshift.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LengthsTest {

    private static final double[] BOUNDS = {100, 200, 500, Double.POSITIVE_INFINITY};

    @Test
    void aHistogramKeepsItsTrueMean() {
        Histogram histogram = new Histogram(BOUNDS, new double[] {10, 20, 5, 1}, 7_200);
        LengthDistribution lengths = LengthDistribution.of(histogram).orElseThrow();
        assertThat(lengths.mean().count()).isCloseTo(200, within(1e-9));
        assertThat(lengths.variability()).isBetween(0.3, 0.8);
    }

    @Test
    void anEmptyHistogramSaysNothing() {
        assertThat(LengthDistribution.of(new Histogram(BOUNDS, new double[4], 0)))
                .isEmpty();
    }

    @Test
    void pointsWithoutWeightAreRefused() {
        assertThatThrownBy(
                        () -> LengthDistribution.of(List.of(new LengthDistribution.Point(new Tokens(1), Share.NONE))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void residentTokensOfConstantLengthsArePromptAndHalfTheAnswer() {
        TokenMix mix = new TokenMix(
                LengthDistribution.constant(new Tokens(1000)), LengthDistribution.constant(new Tokens(200)));
        assertThat(mix.meanResident().count()).isCloseTo(1100, within(1e-9));
        assertThat(mix.inputVariability()).isCloseTo(0, within(1e-9));
    }

    @Test
    void theDefaultMixHasTheSpreadOfTheTraceItComesFrom() {
        TokenMix mix = TokenMix.CHAT;
        assertThat(mix.meanInput().count()).isCloseTo(1155, within(1e-6));
        assertThat(mix.meanOutput().count()).isCloseTo(211, within(1e-6));
        double inputDeviation = Math.sqrt(mix.inputVariability()) * 1155;
        double outputDeviation = Math.sqrt(mix.output().variability()) * 211;
        assertThat(inputDeviation).isCloseTo(1109, within(0.08 * 1109));
        assertThat(outputDeviation).isCloseTo(163, within(0.08 * 163));
    }

    @Test
    void whatIsNotSeenIsFilledInWithTheDefault() {
        Histogram prompts = new Histogram(BOUNDS, new double[] {0, 10, 0, 0}, 1_500);
        TokenMix mix = TokenMix.of(Optional.of(prompts), Optional.empty());
        assertThat(mix.meanInput().count()).isCloseTo(150, within(1e-9));
        assertThat(mix.output()).isEqualTo(TokenMix.CHAT.output());
    }
}
