package dev.gearshift.simulate;

/** A request inside an engine. Positions of a decoding sequence follow from the number of steps since it began to decode. */
final class Sequence {

    final SimulatedRequest request;
    final long submitted;

    /** Tokens generated when {@code sinceStep} steps had been completed. */
    int generated;
    /** Tokens in the KV cache when {@code sinceStep} steps had been completed. */
    int resident;
    /** Tokens to be computed before the next token comes out. */
    int target;
    /** Tokens of the present step that belong to the prompt. */
    int chunk;

    long sinceStep;
    long finishStep;
    long started = -1;
    long firstToken = -1;
    long lastToken = -1;

    Sequence(SimulatedRequest request, long submitted) {
        this.request = request;
        this.submitted = submitted;
        this.target = request.inputTokens();
    }

    /** Begins to decode: one token is out, and every following step yields another. */
    void decodeFrom(long step) {
        sinceStep = step;
        finishStep = step + request.outputTokens() - generated;
    }

    int generatedAt(long step) {
        return generated + (int) (step - sinceStep);
    }

    int residentAt(long step) {
        return resident + (int) (step - sinceStep);
    }

    /** The remainder of the step number at which a decoding sequence needs its next block. */
    int phase() {
        return (int) Math.floorMod(sinceStep - resident, (long) EngineTruth.BLOCK_TOKENS);
    }

    /** Forgets what was computed; everything generated so far becomes part of the prompt. */
    void preempt(int generatedSoFar) {
        generated = generatedSoFar;
        resident = 0;
        target = request.inputTokens() + generatedSoFar;
    }
}
