package dev.gearshift.core.model;

/**
 * The time of one step of continuous batching, t = α + β·b + γ·ctx + ε·prefill, with b sequences decoding, ctx tokens
 * resident in the KV cache and prefill prompt tokens computed in the step.
 *
 * @param alpha α, of a step that does nothing
 * @param beta β, per decoding sequence
 * @param gamma γ, per resident token
 * @param epsilon ε, per prompt token computed
 */
public record StepCoefficients(Seconds alpha, Seconds beta, Seconds gamma, Seconds epsilon) {

    public StepCoefficients {
        Checks.positive("alpha", alpha.value());
    }

    /** The time of a step with so many decoding sequences, resident tokens and prompt tokens. */
    public Seconds step(double sequences, double residentTokens, double prefillTokens) {
        return new Seconds(alpha.value()
                + beta.value() * sequences
                + gamma.value() * residentTokens
                + epsilon.value() * prefillTokens);
    }
}
