package dev.gearshift.sandbox.apiserver;

/**
 * What becomes of a request.
 *
 * @param isDone whether it is carried out
 * @param error the status it is answered with whatever came of it; 0 for the true answer
 */
public record Fate(boolean isDone, int error) {

    /** Done and answered. */
    public static final Fate ANSWERED = new Fate(true, 0);

    /** Fails with an HTTP status, and nothing is done. */
    public static Fate refused(int error) {
        return new Fate(false, error);
    }

    /** Is done, but the client is told that it failed with an HTTP status. */
    public static Fate doneButFailed(int error) {
        return new Fate(true, error);
    }

    public Fate {
        if ((error == 0 && !isDone) || (error != 0 && (error < 400 || error > 599))) {
            throw new IllegalArgumentException("an error is an HTTP status from 400 to 599, but is " + error);
        }
    }

    ApiError toError() {
        return ApiError.of(
                error,
                switch (error) {
                    case 409 -> "Conflict";
                    case 429 -> "TooManyRequests";
                    case 503 -> "ServiceUnavailable";
                    case 504 -> "Timeout";
                    default -> "InternalError";
                },
                "the server was made to answer " + error);
    }
}
