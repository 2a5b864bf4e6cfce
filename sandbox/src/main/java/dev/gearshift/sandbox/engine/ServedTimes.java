package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.RequestOutcome;
import java.time.Duration;

/**
 * The times of a served request as its engine sees them, in seconds: from when it was received, not from the client's arrival.
 *
 * @param queue until its first step began
 * @param prefill from there to the first token
 * @param decode from the first token to the last
 * @param perOutputToken the mean gap between tokens after the first
 */
record ServedTimes(double queue, double prefill, double decode, double perOutputToken) {

    static ServedTimes of(RequestOutcome.Completed done) {
        return new ServedTimes(
                seconds(done.submitted(), done.started()),
                seconds(done.started(), done.firstToken()),
                seconds(done.firstToken(), done.lastToken()),
                done.timePerOutputToken().value());
    }

    /** From the first step to the last token. */
    double inference() {
        return prefill + decode;
    }

    /** From reception to the first token. */
    double toFirstToken() {
        return queue + prefill;
    }

    /** From reception to the last token. */
    double endToEnd() {
        return queue + prefill + decode;
    }

    static double seconds(Duration from, Duration to) {
        return to.minus(from).toNanos() / 1e9;
    }
}
