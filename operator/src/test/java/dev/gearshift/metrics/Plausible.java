package dev.gearshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.observe.Attainment;
import dev.gearshift.core.observe.QuantileRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an observation may say, whatever the metrics were. */
public final class Plausible {

    private static final double LARGEST = 1e18;
    private static final Seconds TARGET = Seconds.ofMillis(500);

    private Plausible() {}

    /** Fails when a rate or a count is negative or beyond counting, or a percentile lies outside the buckets. */
    public static void check(ModelObservation observation) {
        for (TierLoad load : observation.tiers()) {
            assertThat(List.of(
                            load.offered().perSecond(),
                            load.completed().perSecond(),
                            load.failed().perSecond(),
                            load.input().perSecond(),
                            load.output().perSecond(),
                            load.running(),
                            load.waiting()))
                    .allMatch(value -> value >= 0 && value < LARGEST);
            Stream.of(
                            load.timeToFirstToken(),
                            load.timePerOutputToken(),
                            load.endToEnd(),
                            load.promptTokens(),
                            load.generationTokens())
                    .flatMap(Optional::stream)
                    .forEach(Plausible::checked);
            load.kvCapacity().ifPresent(tokens -> assertThat(tokens.count()).isBetween(0.0, LARGEST));
        }
        observation.pods().values().forEach(pod -> {
            assertThat(pod.completed()).isBetween(0.0, LARGEST);
            assertThat(pod.running()).isBetween(0.0, LARGEST);
            assertThat(pod.waiting()).isBetween(0.0, LARGEST);
        });
        observation.age().ifPresent(age -> assertThat(age).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    private static void checked(Histogram histogram) {
        try {
            check(histogram);
        } catch (IllegalArgumentException absurd) {
            throw new AssertionError("of " + histogram, absurd);
        }
    }

    private static void check(Histogram histogram) {
        assertThat(histogram.count()).isBetween(0.0, LARGEST);
        assertThat(histogram.sum()).isBetween(0.0, LARGEST);
        for (double percentile : new double[] {50, 95, 99.9}) {
            QuantileRange.of(histogram, new Percentile(percentile)).ifPresent(range -> {
                assertThat(range.low().value())
                        .isBetween(lowest(histogram), range.high().value());
                assertThat(range.high().value()).isLessThanOrEqualTo(highest(histogram));
            });
        }
        Attainment attainment = Attainment.of(histogram, TARGET);
        assertThat(attainment.low().value()).isBetween(0.0, attainment.high().value());
    }

    private static double lowest(Histogram histogram) {
        return filled(histogram).mapToDouble(histogram::lowerBound).min().orElse(0);
    }

    private static double highest(Histogram histogram) {
        return filled(histogram).mapToDouble(histogram::upperBound).max().orElse(0);
    }

    private static IntStream filled(Histogram histogram) {
        return IntStream.range(0, histogram.buckets()).filter(bucket -> histogram.inBucket(bucket) > 0);
    }
}
