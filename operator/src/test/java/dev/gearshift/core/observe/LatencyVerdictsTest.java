package dev.gearshift.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyVerdictsTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double[] BOUNDS = {.025, .05, .1, INFINITE};

    @Test
    void exactlyTheObjectiveIsMetWhateverTheLastBit() {
        assertThat(judge(99.9, 50, 999, 1).verdict()).isEqualTo(Verdict.MET);
        assertThat(judge(95, 50, 95, 5).verdict()).isEqualTo(Verdict.MET);
        assertThat(judge(95, 50, 94, 6).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void tooFewObservationsSayNothing() {
        assertThat(judge(95, 50, 0, 19).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judge(95, 50, 0, 20).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void anEngineThatDoesNotTellIsUnknownAndShowsNothing() {
        LatencyVerdict verdict = LatencyVerdicts.of(target(50, 95), Optional.empty());
        assertThat(verdict.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict.observed()).isEmpty();
        assertThat(verdict.attainment()).isEmpty();
        LatencyVerdict idle = LatencyVerdicts.of(target(50, 95), Optional.of(new Histogram(BOUNDS, new double[4], 0)));
        assertThat(idle.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(idle.attainment()).isEmpty();
    }

    @Test
    void anUnknownVerdictShowsTheNearestEdges() {
        LatencyVerdict verdict = LatencyVerdicts.of(
                target(40, 95), Optional.of(new Histogram(BOUNDS, new double[] {0, 100, 0, 0}, 3.75)));
        assertThat(verdict.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict.observed().orElseThrow().low().value()).isBetween(.025, .05);
        assertThat(verdict.observed().orElseThrow().high().value()).isEqualTo(.05);
    }

    @Test
    void theValueBeyondTheLastBoundIsBoundedByTheMean() {
        Histogram histogram = new Histogram(BOUNDS, new double[] {0, 0, 0, 100}, 30);
        QuantileRange range = QuantileRange.of(histogram, new Percentile(90)).orElseThrow();
        // Ten of a hundred are no less than the P90, all exceed 0.1 s and they sum to 30 s.
        assertThat(range.high().value()).isCloseTo(.1 + 20 / 10.0, within(1e-6));
        assertThat(range.low().value()).isEqualTo(.1);
    }

    @Test
    void aTargetOffTheEdgesIsToldWithItsNeighbours() {
        Histogram histogram = new Histogram(BOUNDS, new double[4], 0);
        assertThat(TargetEdge.of(histogram, Seconds.ofMillis(50)))
                .isEqualTo(new TargetEdge(true, Optional.of(new Seconds(.025)), Optional.of(new Seconds(.1))));
        assertThat(TargetEdge.of(histogram, Seconds.ofMillis(40)))
                .isEqualTo(new TargetEdge(false, Optional.of(new Seconds(.025)), Optional.of(new Seconds(.05))));
        assertThat(TargetEdge.of(histogram, Seconds.ofMillis(10)))
                .isEqualTo(new TargetEdge(false, Optional.empty(), Optional.of(new Seconds(.025))));
        assertThat(TargetEdge.of(histogram, new Seconds(2)))
                .isEqualTo(new TargetEdge(false, Optional.of(new Seconds(.1)), Optional.empty()));
        assertThat(TargetEdge.of(histogram, new Seconds(.1)))
                .isEqualTo(new TargetEdge(true, Optional.of(new Seconds(.05)), Optional.empty()));
    }

    @Test
    void histogramsOfOneKindAddUp() {
        Histogram one = new Histogram(BOUNDS, new double[] {1, 2, 3, 4}, 5);
        assertThat(HistogramMerge.of(List.of(one, one))).contains(new Histogram(BOUNDS, new double[] {2, 4, 6, 8}, 10));
        assertThat(HistogramMerge.of(List.of())).isEmpty();
    }

    @Test
    void histogramsOfDifferentBoundsAddUpOnTheBoundsTheyShare() {
        Histogram coarse = new Histogram(new double[] {.05, 1, INFINITE}, new double[] {1, 2, 3}, 9);
        Histogram fine = new Histogram(new double[] {.025, .05, .1, INFINITE}, new double[] {10, 20, 30, 40}, 90);
        assertThat(HistogramMerge.of(List.of(coarse, fine)))
                .contains(new Histogram(new double[] {.05, INFINITE}, new double[] {31, 75}, 99));
        assertThat(HistogramMerge.of(List.of(fine, coarse))).isEqualTo(HistogramMerge.of(List.of(coarse, fine)));
    }

    private static LatencyVerdict judge(double percentile, double millis, double within, double over) {
        Histogram histogram = new Histogram(BOUNDS, new double[] {0, within, over, 0}, within * .04 + over * .08);
        return LatencyVerdicts.of(target(millis, percentile), Optional.of(histogram));
    }

    private static LatencyTarget target(double millis, double percentile) {
        return new LatencyTarget(
                LatencyObjective.TIME_PER_OUTPUT_TOKEN, Seconds.ofMillis(millis), new Percentile(percentile));
    }
}
