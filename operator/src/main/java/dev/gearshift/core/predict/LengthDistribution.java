package dev.gearshift.core.predict;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How long prompts or answers are: a few lengths, each with its share of the requests. Immutable.
 *
 * <p>A histogram says only which bucket a length fell into. A bucket is stood for by its middle, the last one by one and a
 * half times its lower bound; then all points are scaled by one factor so that their mean is the true one, sum ÷ count, which
 * engines report exactly.
 */
public final class LengthDistribution {

    /** How far beyond its lower bound the open last bucket is taken to reach, in the mean. */
    private static final double OPEN_BUCKET = 1.5;

    /** A bucket with this share of the requests or more is stood for by three points instead of one. */
    private static final double SPLIT_FROM = 0.03;

    /** A sum of shares this close to 1 differs from it by rounding only. */
    private static final double ROUNDING = 1e-12;

    private final double[] lengths;
    private final double[] weights;
    private final double mean;
    private final double secondMoment;
    private final double thirdMoment;

    /**
     * A length and how common it is.
     *
     * @param length the length
     * @param share its share of the requests; shares are divided by their sum
     */
    public record Point(Tokens length, Share share) {}

    private LengthDistribution(double[] lengths, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        if (!(sum > 0)) {
            throw new IllegalArgumentException("a distribution of lengths needs a point with a positive share");
        }
        // Shares that were divided once stay as they are, so that the points of a distribution make the same one again.
        double total = Math.abs(sum - 1) <= ROUNDING ? 1 : sum;
        this.lengths = lengths;
        this.weights = new double[weights.length];
        double first = 0;
        double second = 0;
        double third = 0;
        for (int i = 0; i < weights.length; i++) {
            this.weights[i] = weights[i] / total;
            first += this.weights[i] * lengths[i];
            second += this.weights[i] * lengths[i] * lengths[i];
            third += this.weights[i] * lengths[i] * lengths[i] * lengths[i];
        }
        this.mean = first;
        this.secondMoment = second;
        this.thirdMoment = third;
    }

    /**
     * A distribution given by points.
     *
     * @throws IllegalArgumentException when no share is positive
     */
    public static LengthDistribution of(List<Point> points) {
        return new LengthDistribution(
                points.stream().mapToDouble(point -> point.length().count()).toArray(),
                points.stream().mapToDouble(point -> point.share().value()).toArray());
    }

    /** Every request has this length. */
    public static LengthDistribution constant(Tokens length) {
        return of(List.of(new Point(length, Share.ALL)));
    }

    /** The distribution a histogram of lengths shows; empty when it counts nothing, or its sum is not positive. */
    public static Optional<LengthDistribution> of(Histogram histogram) {
        double count = histogram.count();
        if (!(count > 0) || !(histogram.sum() > 0)) {
            return Optional.empty();
        }
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < histogram.buckets(); i++) {
            if (histogram.inBucket(i) > 0) {
                double[] inside = representatives(histogram, i);
                for (double length : inside) {
                    points.add(new double[] {length, histogram.inBucket(i) / inside.length});
                }
            }
        }
        return Optional.of(new LengthDistribution(
                        points.stream().mapToDouble(point -> point[0]).toArray(),
                        points.stream().mapToDouble(point -> point[1]).toArray())
                .scaledTo(new Tokens(histogram.sum() / count)));
    }

    private static double[] representatives(Histogram histogram, int bucket) {
        double low = histogram.lowerBound(bucket);
        double high = histogram.upperBound(bucket);
        if (Double.isInfinite(high)) {
            // A single infinite bucket tells nothing but the mean, to which the point is scaled anyway.
            return new double[] {Math.max(1, low) * OPEN_BUCKET};
        }
        double middle = (low + high) / 2;
        double third = (high - low) / 3;
        return histogram.inBucket(bucket) < SPLIT_FROM * histogram.count()
                ? new double[] {middle}
                : new double[] {middle - third, middle, middle + third};
    }

    /** The same shape with another mean. */
    public LengthDistribution scaledTo(Tokens newMean) {
        double factor = newMean.count() / mean;
        return new LengthDistribution(
                Arrays.stream(lengths).map(length -> length * factor).toArray(), weights);
    }

    /** The mean length. */
    public Tokens mean() {
        return new Tokens(mean);
    }

    /** The mean of the squared length, in tokens². */
    public double secondMoment() {
        return secondMoment;
    }

    /** The mean of the cubed length, in tokens³. */
    public double thirdMoment() {
        return thirdMoment;
    }

    /** The squared coefficient of variation, variance ÷ mean². */
    public double variability() {
        return Math.max(0, secondMoment / (mean * mean) - 1);
    }

    /** The lengths and their shares; {@link #of(List)} makes an equal distribution of them. */
    public List<Point> points() {
        return IntStream.range(0, lengths.length)
                .mapToObj(i -> new Point(new Tokens(lengths[i]), new Share(Math.min(1, weights[i]))))
                .toList();
    }

    int size() {
        return lengths.length;
    }

    double length(int point) {
        return lengths[point];
    }

    double weight(int point) {
        return weights[point];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LengthDistribution that
                && Arrays.equals(lengths, that.lengths)
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lengths) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "LengthDistribution[lengths=" + Arrays.toString(lengths) + ", weights=" + Arrays.toString(weights) + "]";
    }
}
