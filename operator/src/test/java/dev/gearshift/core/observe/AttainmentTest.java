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
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttainmentTest {

    private static final double[] BOUNDS = {.025, .05, .1, Double.POSITIVE_INFINITY};

    @Test
    void aTargetOnAnEdgeIsKnownExactly() {
        Attainment attainment =
                Attainment.of(Buckets.of(BOUNDS, .01, .03, .05, .06), Seconds.of(Duration.ofMillis(50)));
        assertThat(attainment.isExact()).isTrue();
        assertThat(attainment.low().value()).isEqualTo(.75);
    }

    @Test
    void withinABucketTheMeanBoundsTheShareAboveFromBothSides() {
        // Ten values in (25 ms, 50 ms] with mean 28 ms: at most (28-25)/(40-25) = 20 % above 40 ms, perhaps none.
        Histogram low = new Histogram(BOUNDS, new double[] {0, 10, 0, 0}, .28);
        Attainment fast = Attainment.of(low, Seconds.ofMillis(40));
        assertThat(fast.low().value()).isCloseTo(.8, within(1e-6));
        assertThat(fast.high().value()).isEqualTo(1);
        // With mean 48 ms at least (48-40)/(50-40) = 80 % are above.
        Histogram high = new Histogram(BOUNDS, new double[] {0, 10, 0, 0}, .48);
        Attainment slow = Attainment.of(high, Seconds.ofMillis(40));
        assertThat(slow.low().value()).isEqualTo(0);
        assertThat(slow.high().value()).isCloseTo(.2, within(1e-6));
    }

    @Test
    void otherBucketsLoosenTheBoundByWhatTheyMayContribute() {
        // The two values above 50 ms may sum to anything in (100 ms, 200 ms], so the ten inside to 280…380 ms.
        Histogram histogram = new Histogram(BOUNDS, new double[] {0, 10, 2, 0}, .48);
        Attainment attainment = Attainment.of(histogram, Seconds.ofMillis(40));
        assertThat(attainment.low().value()).isCloseTo((10 - .13 / .015) / 12, within(1e-6));
        assertThat(attainment.high().value()).isCloseTo(10.0 / 12, within(1e-6));
    }

    @Test
    void aTargetBeyondTheLastBoundIsBoundedByTheMeanAlone() {
        Histogram histogram = new Histogram(BOUNDS, new double[] {90, 0, 0, 10}, 90 * .02 + 10 * .2);
        Attainment attainment = Attainment.of(histogram, new Seconds(1));
        // The ten sum to at most 3.8 s (the others may be all but zero), each above 0.1 s: x ≤ (3.8 − 1)/0.9.
        assertThat(attainment.low().value()).isCloseTo(1 - (2.8 / .9) / 100, within(1e-6));
        assertThat(attainment.high().value()).isEqualTo(1);
    }

    @Test
    void aSumThatContradictsTheBucketsIsNotUsed() {
        for (double sum : new double[] {Double.NaN, -1, 0, 99, Double.POSITIVE_INFINITY}) {
            Attainment attainment =
                    Attainment.of(new Histogram(BOUNDS, new double[] {5, 10, 5, 0}, sum), Seconds.ofMillis(40));
            assertThat(attainment.low().value()).as("sum " + sum).isEqualTo(.25);
            assertThat(attainment.high().value()).as("sum " + sum).isEqualTo(.75);
        }
    }

    @Test
    void withoutObservationsAnythingIsPossible() {
        Attainment attainment = Attainment.of(Buckets.of(BOUNDS), Seconds.ofMillis(40));
        assertThat(attainment.low().value()).isEqualTo(0);
        assertThat(attainment.high().value()).isEqualTo(1);
        assertThat(attainment.observations()).isEqualTo(0);
    }

    @Test
    void theIntervalsContainTheTruthForRandomValuesBoundsAndTargets() {
        Random random = new Random(20261103);
        int exact = 0;
        int narrowed = 0;
        for (int round = 0; round < 20_000; round++) {
            double[] bounds = randomBounds(random);
            double[] values = sample(random, 1 + random.nextInt(60), .002 * Math.pow(10, 3 * random.nextDouble()));
            Histogram histogram = Buckets.of(bounds, values);
            double target = random.nextInt(4) == 0 && bounds.length > 1
                    ? bounds[random.nextInt(bounds.length - 1)]
                    : .001 + random.nextDouble() * 3;
            double truth = Arrays.stream(values).filter(v -> v <= target).count() / (double) values.length;
            Attainment attainment = Attainment.of(histogram, new Seconds(target));
            assertThat(truth)
                    .isBetween(attainment.low().value(), attainment.high().value());
            exact += attainment.isExact() ? 1 : 0;
            narrowed += attainment.high().value() - attainment.low().value() < 1 ? 1 : 0;

            Percentile percentile = new Percentile((5000 + random.nextInt(4999)) / 100.0);
            double[] sorted = Arrays.stream(values).sorted().toArray();
            int rank = (int) Math.ceil(percentile.share().value() * values.length - 1e-9);
            QuantileRange range = QuantileRange.of(histogram, percentile).orElseThrow();
            assertThat(sorted[rank - 1])
                    .isBetween(range.low().value(), range.high().value());
        }
        assertThat(exact).isGreaterThan(4000);
        assertThat(narrowed).isGreaterThan(10_000);
    }

    @Test
    void sweepingTheTrueMeanAcrossABucketNeverGivesAWrongVerdict() {
        Random random = new Random(7);
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        int worlds = 0;
        for (double mean = .0255; mean < .0500; mean += .0005) {
            for (double targetMillis : new double[] {26, 30, 35, 40, 45, 49, 50}) {
                for (double percentile : new double[] {50, 90, 95, 99}) {
                    for (int shape = 0; shape < 4; shape++) {
                        double[] values = samplesAround(random, mean, shape, 400);
                        LatencyTarget target = new LatencyTarget(
                                LatencyObjective.TIME_PER_OUTPUT_TOKEN,
                                Seconds.ofMillis(targetMillis),
                                new Percentile(percentile));
                        double truth = Arrays.stream(values)
                                        .filter(v -> v <= targetMillis / 1e3)
                                        .count()
                                / (double) values.length;
                        LatencyVerdict verdict =
                                LatencyVerdicts.of(target, Optional.of(Buckets.of(Buckets.TPOT, values)));
                        Verdict right = truth >= percentile / 100 - 1e-12 ? Verdict.MET : Verdict.MISSED;
                        assertThat(verdict.verdict())
                                .as("mean %s target %s P%s shape %s", mean, targetMillis, percentile, shape)
                                .isIn(right, Verdict.UNKNOWN);
                        if (targetMillis == 50) {
                            assertThat(verdict.verdict()).isEqualTo(right);
                        }
                        seen.merge(verdict.verdict(), 1, Integer::sum);
                        worlds++;
                    }
                }
            }
        }
        // It decides often enough to be of use, in both directions.
        assertThat(seen.get(Verdict.MET)).isGreaterThan(worlds / 10);
        assertThat(seen.get(Verdict.MISSED)).isGreaterThan(worlds / 10);
        assertThat(seen.get(Verdict.UNKNOWN)).isGreaterThan(0);
    }

    /** 0: all alike; 1: two values, one of them just inside the bucket; 2: lognormal; 3: gamma-like with a long tail. */
    private static double[] samplesAround(Random random, double mean, int shape, int count) {
        double[] values = new double[count];
        double above = (mean - .0251) / (.0499 - .0251);
        for (int i = 0; i < count; i++) {
            values[i] = switch (shape) {
                case 0 -> mean;
                case 1 -> random.nextDouble() < above ? .0499 : .0251;
                case 2 -> mean * Math.exp(.2 * random.nextGaussian() - .02);
                default -> mean * (.6 - .4 * Math.log(1 - random.nextDouble()));
            };
        }
        return values;
    }

    private static double[] sample(Random random, int count, double mean) {
        double spread = random.nextDouble() * 1.5;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = mean * Math.exp(spread * random.nextGaussian());
        }
        return values;
    }

    private static double[] randomBounds(Random random) {
        double[] bounds = random.doubles(random.nextInt(8), .005, 3)
                .map(b -> Math.round(b * 1000) / 1000.0)
                .sorted()
                .distinct()
                .toArray();
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        return all;
    }
}
