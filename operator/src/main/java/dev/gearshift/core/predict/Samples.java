package dev.gearshift.core.predict;

import dev.gearshift.core.model.RequestRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Request rates seen lately, oldest first; never more than {@link #MOST}.
 *
 * @param samples the rates and when they were seen
 */
public record Samples(List<Sample> samples) {

    /** The most samples kept; the oldest are forgotten first. */
    public static final int MOST = 1024;

    /** Nothing was seen yet. */
    public static final Samples NONE = new Samples(List.of());

    /**
     * A rate at a time.
     *
     * @param at when
     * @param rate how much
     */
    public record Sample(Instant at, RequestRate rate) {}

    public Samples {
        samples = List.copyOf(samples);
    }

    /** These samples and one more, without those older than {@code memory}. */
    public Samples with(RequestRate rate, Instant now, Duration memory) {
        List<Sample> next = new ArrayList<>();
        for (Sample sample : samples) {
            if (!sample.at().isBefore(now.minus(memory)) && sample.at().isBefore(now)) {
                next.add(sample);
            }
        }
        next.add(new Sample(now, rate));
        return new Samples(next.size() > MOST ? next.subList(next.size() - MOST, next.size()) : next);
    }

    /** These samples with every rate multiplied by {@code factor}. */
    public Samples times(double factor) {
        return new Samples(samples.stream()
                .map(sample -> new Sample(sample.at(), sample.rate().times(factor)))
                .toList());
    }

    /** The highest rate not older than {@code memory}. */
    public Optional<RequestRate> highest(Instant now, Duration memory) {
        return samples.stream()
                .filter(sample -> !sample.at().isBefore(now.minus(memory)))
                .map(Sample::rate)
                .max(RequestRate::compareTo);
    }

    /** The newest rate. */
    public Optional<RequestRate> newest() {
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(samples.get(samples.size() - 1).rate());
    }
}
