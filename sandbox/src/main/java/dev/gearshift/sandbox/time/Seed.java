package dev.gearshift.sandbox.time;

/**
 * Where chance comes from. A draw depends on the seed and on what it is for, not on how many were made before: so one disturbance
 * more does not change every later draw.
 *
 * @param value the seed
 */
public record Seed(long value) {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** A seed of its own for one subject. */
    public Seed of(String subject) {
        long hash = value;
        for (int i = 0; i < subject.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA + subject.charAt(i));
        }
        return new Seed(hash);
    }

    /** A seed of its own for one numbered subject. */
    public Seed of(long number) {
        return new Seed(mix(value + GOLDEN_GAMMA * (number + 1)));
    }

    /** A number evenly drawn from [0, 1). */
    public double uniform() {
        return (mix(value + GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }

    /**
     * One of {@code count} numbers from zero, evenly drawn.
     *
     * @param count how many there are, positive
     */
    public int pick(int count) {
        return (int) (uniform() * count);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
