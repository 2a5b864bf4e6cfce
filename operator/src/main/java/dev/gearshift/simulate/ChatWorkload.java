package dev.gearshift.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Synthetic chat traffic: a day or a morning squeezed into {@code duration}, made of statistics only.
 *
 * <p>Lengths are drawn independently from quantiles of the Azure conversation trace of 2023 (AzurePublicDataset, CC-BY-4.0;
 * means 1,155 in and 211 out, correlation −0.11), straight lines between them.
 *
 * <p>Arrivals are a Poisson process whose rate is a curve times a random factor. The factor is drawn anew every 5 seconds from a gamma
 * distribution with mean 1 and shape 14, which makes counts overdispersed: with rate λ, variance over mean is about 1 + λ·w/14 for
 * windows of w ≤ 5 s (1.4 at 1 s and 5.5 requests a second, as in the trace) and 1 + 5·λ/14 for longer ones.
 *
 * @param duration how long traffic lasts
 * @param seed what all randomness follows from
 * @param scale by how much every rate is multiplied, positive
 * @param curve the course of the rate
 */
public record ChatWorkload(Duration duration, long seed, double scale, Curve curve) {

    /** The course of the rate. */
    public enum Curve {
        /**
         * A day: low (2 requests a second at scale 1), a rise to a plateau (7), a burst (10.5, for a thirtieth of the duration: two
         * minutes of an hour), and back to the trough.
         */
        DAY,

        /** A morning, for those who have minutes: the same rise at once, a smaller burst (9), and almost half of the duration at 1. */
        MORNING
    }

    /** Corners of a curve: position in the duration, requests per second. */
    private static final double[][] DAY = {
        {0, 2},
        {0.14, 2},
        {0.34, 7},
        {0.55, 7},
        {0.553, 10.5},
        {0.586, 10.5},
        {0.589, 7},
        {0.70, 7},
        {0.88, 2},
        {1, 2},
    };

    private static final double[][] MORNING = {
        {0, 2},
        {0.08, 2},
        {0.28, 7},
        {0.40, 7},
        {0.403, 9},
        {0.436, 9},
        {0.439, 7},
        {0.47, 7},
        {0.55, 1},
        {1, 1},
    };

    private static final int MODULATION_SECONDS = 5;
    private static final int MODULATION_SHAPE = 14;

    private static final double[] SHARES = {
        0, 0.01, 0.05, 0.10, 0.25, 0.40, 0.50, 0.60, 0.75, 0.80, 0.90, 0.95, 0.99, 0.999, 1
    };
    private static final Quantiles INPUT = new Quantiles(
            SHARES, new double[] {2, 29, 181, 207, 396, 703, 1020, 1071, 1189, 1315, 2735, 4083, 4142, 6179, 14050});
    private static final Quantiles OUTPUT =
            new Quantiles(SHARES, new double[] {7, 16, 41, 54, 85, 103, 129, 177, 395, 400, 424, 451, 601, 954, 1000});

    public ChatWorkload {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be positive, but is " + duration);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be positive and finite, but is " + scale);
        }
    }

    /** A day. */
    public ChatWorkload(Duration duration, long seed, double scale) {
        this(duration, seed, scale, Curve.DAY);
    }

    /** The requests. Equal parameters give equal requests, in every JVM. */
    public Workload generate() {
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom arrivals = root.split();
        SplittableRandom modulation = root.split();
        SplittableRandom lengths = root.split();
        double length = duration.toNanos() / 1e9;
        List<SimulatedRequest> requests = new ArrayList<>();
        double factor = 1;
        // Time to the next arrival, counted in expected arrivals, so that it can cross from one second to the next.
        double ahead = exponential(arrivals);
        for (int second = 0; second < length; second++) {
            if (second % MODULATION_SECONDS == 0) {
                factor = gamma(modulation);
            }
            double width = Math.min(1, length - second);
            double rate = scale * factor * rateAt((second + width / 2) / length);
            double position = 0;
            while (position + ahead / rate < width) {
                position += ahead / rate;
                ahead = exponential(arrivals);
                requests.add(new SimulatedRequest(
                        requests.size(),
                        Duration.ofNanos((long) ((second + position) * 1e9)),
                        INPUT.at(lengths.nextDouble()),
                        OUTPUT.at(lengths.nextDouble())));
            }
            ahead -= (width - position) * rate;
        }
        return new Workload(requests, duration);
    }

    /** Requests per second at scale 1, at a position from 0 to 1 in the duration. */
    private double rateAt(double position) {
        double[][] corners = switch (curve) {
            case DAY -> DAY;
            case MORNING -> MORNING;
        };
        int upper = 1;
        while (upper < corners.length - 1 && corners[upper][0] < position) {
            upper++;
        }
        double[] from = corners[upper - 1];
        double[] to = corners[upper];
        return from[1] + (position - from[0]) / (to[0] - from[0]) * (to[1] - from[1]);
    }

    private static double exponential(SplittableRandom random) {
        // StrictMath, because Math.log may differ in the last bit from one machine to another.
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** A gamma variate of whole shape: a sum of exponential ones. */
    private static double gamma(SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < MODULATION_SHAPE; i++) {
            sum += exponential(random);
        }
        return sum / MODULATION_SHAPE;
    }
}
