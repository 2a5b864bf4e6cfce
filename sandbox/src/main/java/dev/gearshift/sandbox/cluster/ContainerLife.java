package dev.gearshift.sandbox.cluster;

import dev.gearshift.sandbox.time.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The life of one engine container: pulled, loading, serving, and the detours of Kubernetes. A container that exits is restarted at
 * once the first time, then after 10 s, 20 s, 40 s … at most 5 min; ten minutes of running clear the count. An image that cannot be
 * pulled is tried again at the same intervals.
 */
final class ContainerLife {

    /** Where it is. */
    enum Step {
        PULLING,
        ERR_IMAGE_PULL,
        IMAGE_PULL_BACK_OFF,
        LOADING,
        SERVING,
        EXITED,
        CRASH_LOOP_BACK_OFF
    }

    /** A process that ended. */
    record Exit(int code, String reason, String message, Instant startedAt, Instant finishedAt) {}

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration MOST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration HEALTHY = Duration.ofMinutes(10);
    private static final Duration NOTICING = Duration.ofSeconds(1);
    private static final Duration PULL_ERROR_SHOWN = Duration.ofSeconds(5);
    private static final Duration PULL_ATTEMPT = Duration.ofSeconds(2);

    private final ColdStart coldStart;
    private final Seed seed;
    private Step step = Step.PULLING;
    private Instant until;
    private Instant startedAt = Instant.MAX;
    private boolean everStarted;
    private int restarts;
    private int crashes;
    private int pullFailures;
    private String pullError = "";
    private Optional<Fault.Crash> doom = Optional.empty();
    private Optional<Exit> lastExit = Optional.empty();

    ContainerLife(ColdStart coldStart, Seed seed, boolean imagePresent, Instant now) {
        this.coldStart = coldStart;
        this.seed = seed;
        this.until = now.plus((imagePresent ? coldStart.cachedPull() : coldStart.firstPull()).draw(seed.of("pull")));
    }

    Step step() {
        return step;
    }

    /** When the step ends by itself. */
    Instant until() {
        return until;
    }

    Instant startedAt() {
        return startedAt;
    }

    boolean everStarted() {
        return everStarted;
    }

    boolean isUp() {
        return step == Step.LOADING || step == Step.SERVING;
    }

    int restarts() {
        return restarts;
    }

    Optional<Exit> lastExit() {
        return lastExit;
    }

    String pullError() {
        return pullError;
    }

    /** How long it waits before it is tried again, in seconds; empty when it does not wait. */
    OptionalInt backOffSeconds() {
        return switch (step) {
            case CRASH_LOOP_BACK_OFF ->
                OptionalInt.of((int) backOff(crashes - 1).toSeconds());
            case IMAGE_PULL_BACK_OFF ->
                OptionalInt.of((int) backOff(pullFailures).toSeconds());
            default -> OptionalInt.empty();
        };
    }

    /** Goes on to the next step, which is due. */
    void next(Optional<Fault> fault) {
        Instant at = until;
        switch (step) {
            case PULLING -> pulled(fault, at);
            case ERR_IMAGE_PULL -> to(Step.IMAGE_PULL_BACK_OFF, at.plus(backOff(pullFailures)));
            case IMAGE_PULL_BACK_OFF -> pulled(fault, at.plus(PULL_ATTEMPT));
            case LOADING -> {
                if (doom.isPresent()) {
                    exit(doom.get(), at);
                } else {
                    to(Step.SERVING, Instant.MAX);
                }
            }
            case EXITED -> {
                if (crashes > 1) {
                    to(Step.CRASH_LOOP_BACK_OFF, at.plus(backOff(crashes - 1)));
                } else {
                    restart(fault, at);
                }
            }
            case CRASH_LOOP_BACK_OFF -> restart(fault, at);
            case SERVING -> throw new IllegalStateException("serving does not end by itself");
        }
    }

    /** Ends the process. */
    void exit(Fault.Crash crash, Instant at) {
        boolean wasHealthy = !at.isBefore(startedAt.plus(HEALTHY));
        crashes = wasHealthy ? 1 : crashes + 1;
        lastExit = Optional.of(new Exit(crash.exitCode(), crash.reason(), crash.message(), startedAt, at));
        to(Step.EXITED, at.plus(NOTICING));
    }

    private void pulled(Optional<Fault> fault, Instant at) {
        if (fault.orElse(null) instanceof Fault.ImagePull refused) {
            pullFailures++;
            pullError = refused.message();
            to(Step.ERR_IMAGE_PULL, at.plus(PULL_ERROR_SHOWN));
        } else {
            start(fault, at);
        }
    }

    private void restart(Optional<Fault> fault, Instant at) {
        restarts++;
        start(fault, at);
    }

    private void start(Optional<Fault> fault, Instant at) {
        startedAt = at;
        everStarted = true;
        Fault present = fault.orElse(null);
        doom = present instanceof Fault.Crash crash ? Optional.of(crash) : Optional.empty();
        if (present instanceof Fault.NeverReady) {
            to(Step.LOADING, Instant.MAX);
        } else {
            Duration load = doom.map(Fault.Crash::after)
                    .orElseGet(() -> coldStart.load().draw(seed.of("load").of(restarts)));
            to(Step.LOADING, at.plus(load));
        }
    }

    private void to(Step next, Instant end) {
        step = next;
        until = end;
    }

    /** The wait before the retry that follows so many failures. */
    private static Duration backOff(int failures) {
        int doublings = Math.min(Math.max(0, failures - 1), 10);
        Duration wait = FIRST_BACK_OFF.multipliedBy(1L << doublings);
        return wait.compareTo(MOST_BACK_OFF) > 0 ? MOST_BACK_OFF : wait;
    }
}
