package dev.gearshift.core.predict;

import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.model.Tokens;
import java.util.Optional;

/**
 * How fast a replica should be, from the model and the datasheet alone, before it was seen running.
 *
 * <pre>
 * α = W / (0.8·B·n) + (1.5 + 0.3·log₂n) ms · (P/8)^0.42    every step reads all weights; launches and synchronises the layers
 * β = 0.07 ms                                              sampling and bookkeeping of a sequence
 * γ = k / (0.8·B·n)                                        a decoding sequence reads its KV cache
 * ε = 2·A / (e·F·n^⅔)                                      a prompt token multiplies with the active parameters
 * KV = (n·(0.9·M − 1.75 GB) − W) / k                       what weights, activations and the runtime leave
 * </pre>
 *
 * with weights W, bandwidth B, throughput F at the weights' precision, memory M an accelerator, n accelerators, P billion
 * parameters, A active ones, k bytes of KV cache a token; e = 0.65, for eight-bit weights 0.55. Throughput grows with n^⅔ only,
 * which is what fits on one to eight H200 show (ε 0.106, 0.070, 0.042, 0.026 ms for a 70B model).
 *
 * <p>It is meant to err on the slow side. Against least-squares fits to published measurements (aiconfigurator) of a 70B model in
 * eight bits under vLLM on two to eight H100 and one to eight H200, α is 1.01 to 1.07, γ 1.03 to 1.44 and ε 1.09 to 2.5 times
 * the fitted value, and a step with 64 sequences of 1,300 tokens and 300 prompt tokens is 1.09 to 1.45 times the fitted one.
 * Over all 17 fits, two other engines and an 8B model included, that step is 1.09 to 1.63 times, and 1.47 times for 8B in 16
 * bits on an RTX 4090 (vLLM). The engine's own launch overhead is what is known least. The KV cache of that RTX 4090 comes
 * out as 41.1 of 41.4 thousand tokens. Attention over long prompts (beyond some 10,000 tokens) is not in ε.
 */
public final class ReplicaPrior {

    private static final double BANDWIDTH_EFFICIENCY = 0.8;
    private static final double COMPUTE_EFFICIENCY = 0.65;
    private static final double EIGHT_BIT_COMPUTE_EFFICIENCY = 0.55;
    private static final double PARALLEL_EXPONENT = 2.0 / 3;

    private static final double OVERHEAD_MILLIS = 1.5;
    private static final double OVERHEAD_MILLIS_PER_DOUBLING = 0.3;
    private static final double OVERHEAD_BILLIONS = 8;
    private static final double OVERHEAD_EXPONENT = 0.42;
    private static final double SEQUENCE_MILLIS = 0.07;

    private static final double MEMORY_USED = 0.9;
    private static final double MEMORY_RESERVED_BYTES = 1.75e9;

    private ReplicaPrior() {}

    /**
     * How fast a replica of this option should be.
     *
     * @param option the tier and the model as it runs there; its measured step times, where given, stand instead of the guess
     * @param observedKvCapacity the KV cache of one replica as its engine tells it; stands instead of the estimate
     * @return the step model; its KV capacity is zero when the weights do not fit
     */
    public static StepModel of(TierOption option, Optional<Tokens> observedKvCapacity) {
        return new StepModel(
                option.measured().orElseGet(() -> coefficients(option)),
                observedKvCapacity.orElseGet(() -> kvCapacity(option)),
                option.limits());
    }

    private static StepCoefficients coefficients(TierOption option) {
        ModelProfile model = option.profile();
        Datasheet datasheet = option.tier().accelerator().datasheet();
        int count = option.acceleratorsPerReplica();
        double bytesPerSecond = BANDWIDTH_EFFICIENCY * datasheet.bytesPerSecond() * count;
        double doublings = Math.log(count) / Math.log(2);
        double overheadMillis = (OVERHEAD_MILLIS + OVERHEAD_MILLIS_PER_DOUBLING * doublings)
                * Math.pow(model.parameters() / OVERHEAD_BILLIONS, OVERHEAD_EXPONENT);
        double efficiency = model.precision() == Precision.FP8 ? EIGHT_BIT_COMPUTE_EFFICIENCY : COMPUTE_EFFICIENCY;
        double flops = efficiency * datasheet.flops(model.precision()) * Math.pow(count, PARALLEL_EXPONENT);
        return new StepCoefficients(
                new Seconds(model.weights().count() / bytesPerSecond).plus(Seconds.ofMillis(overheadMillis)),
                Seconds.ofMillis(SEQUENCE_MILLIS),
                new Seconds(model.kvBytesPerToken().count() / bytesPerSecond),
                new Seconds(2 * model.activeParameters() * 1e9 / flops));
    }

    private static Tokens kvCapacity(TierOption option) {
        double usable = MEMORY_USED * option.tier().accelerator().memory().count() - MEMORY_RESERVED_BYTES;
        double free = option.acceleratorsPerReplica() * usable
                - option.profile().weights().count();
        return new Tokens(
                Math.max(0, Math.floor(free / option.profile().kvBytesPerToken().count())));
    }
}
