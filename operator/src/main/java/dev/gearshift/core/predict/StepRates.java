package dev.gearshift.core.predict;

/**
 * A step model and a mix of lengths in the combinations the formulas of latency use: plain numbers in seconds and tokens, worked
 * out once for many rates.
 */
final class StepRates {

    final double alpha;
    final double epsilon;
    /** κ = β + γc̄: what one more decoding sequence adds to a step. */
    final double kappa;
    /** ε·in: seconds of prefill a request brings. */
    final double prefillWork;
    /** out·κ: seconds of decoding a request brings. */
    final double decodeWork;
    /** (ε)²·E[in²]. */
    final double squaredPrefillWork;

    final double meanInput;
    final double meanOutput;
    final double inputVariability;
    /** c̄. */
    final double meanResident;
    /** The mean square of what a decoding sequence keeps resident. */
    final double secondMomentResident;

    final double kvCapacity;
    final int maxSequences;
    final int maxBatchedTokens;
    final LengthDistribution prompt;
    final LengthDistribution output;

    StepRates(StepModel model, TokenMix mix) {
        prompt = mix.prompt();
        output = mix.output();
        meanInput = prompt.mean().count();
        // An answer has at least the token that ends the prefill.
        meanOutput = Math.max(1, output.mean().count());
        inputVariability = mix.inputVariability();
        meanResident = mix.meanResident().count();
        // A sequence looked at while it decodes has an age uniform over an answer of length-biased length.
        double meanAge = output.secondMoment() / (2 * meanOutput);
        double squaredAge = output.thirdMoment() / (3 * meanOutput);
        secondMomentResident = prompt.secondMoment() + 2 * meanInput * meanAge + squaredAge;
        alpha = model.step().alpha().value();
        epsilon = model.step().epsilon().value();
        // Never zero, so that the distribution of the batch keeps its form.
        kappa = Math.max(
                alpha * 1e-6, model.step().beta().value() + model.step().gamma().value() * meanResident);
        prefillWork = epsilon * meanInput;
        decodeWork = meanOutput * kappa;
        squaredPrefillWork = epsilon * epsilon * prompt.secondMoment();
        kvCapacity = model.kvCapacity().count();
        maxSequences = model.limits().maxSequences();
        maxBatchedTokens = model.limits().maxBatchedTokens();
    }

    /** Seconds of work a request brings, of either kind. */
    double work() {
        return prefillWork + decodeWork;
    }
}
