package dev.gearshift.simulate;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.TierOption;
import java.util.Optional;

/**
 * How fast simulated hardware is: a small physical model whose constants were fitted to measured engines, independent of what
 * the planner assumes.
 *
 * <p>With weights W, bandwidth B, throughput F, n accelerators a replica, KV bytes a token k and P parameters in billions:
 *
 * <pre>
 * α = W / (e·B·n) + (0.1 + 0.5·log₂n) ms · (P/8)^0.42        read the weights; launch and synchronise the layers
 * β = 0.04 ms                                                sampling and bookkeeping of one sequence
 * γ = k / (e·B·n)                                            read the KV cache
 * ε = 2·active parameters / (c·F·n^⅔)                        multiply
 * e = 0.96 up to 1 TB/s, falling to 0.78 at 3.35 TB/s and beyond
 * c = min(1.1, √(200 / r)), r = F/B in operations a byte
 * </pre>
 *
 * <p>Sources: 300 requests measured on vLLM 0.19.0 with Llama-3.1-8B in 16 bits on one RTX 4090 (LLMServingSim; α 16.7 ms,
 * β 0.04 ms, γ 0.141 ms per 1,000 tokens, ε 0.088 ms; this model: 16.7, 0.04, 0.135, 0.088), and least-squares fits to the
 * points measured on H100 and H200 by aiconfigurator: an 8B model in 16 bits on one H100 (α 6.4, γ 0.050, ε 0.020; this
 * model: 6.2, 0.050, 0.020) and a 70B model in 8 bits on one to eight H200 (α 20.7, 13.2, 9.2, 7.7; this model: 19.1, 10.9,
 * 7.5, 6.4; ε 0.106, 0.070, 0.042, 0.026; this model: 0.102, 0.065, 0.041, 0.026). A factor c above 1 is no contradiction:
 * prefill hides behind the reading of the weights, embeddings are not multiplied, and the 4090 runs above its rated clock.
 * The falling c says that the more arithmetic a card has for its bandwidth, the less of it inference can use.
 *
 * <p>Memory: 90 % of it is used, less the weights and 1.7 GB an accelerator for activations, graphs and the runtime, which
 * leaves the measured 4090 its 41,408 tokens. Not modelled: the jitter of real steps, cards that throttle.
 */
final class EnginePhysics {

    private static final double MEMORY_USED = 0.9;
    private static final double MEMORY_RESERVED_BYTES = 1.7e9;

    private static final double LAUNCH_MILLIS = 0.1;
    private static final double SYNCHRONISE_MILLIS = 0.5;
    private static final double REFERENCE_BILLIONS = 8;
    private static final double LAYERS_EXPONENT = 0.42;
    private static final double SEQUENCE_MILLIS = 0.04;

    private static final double BANDWIDTH_EFFICIENCY_LOW = 0.96;
    private static final double BANDWIDTH_LOW = 1000e9;
    private static final double BANDWIDTH_EFFICIENCY_HIGH = 0.78;
    private static final double BANDWIDTH_HIGH = 3350e9;

    private static final double BALANCED_OPERATIONS_PER_BYTE = 200;
    private static final double BEST_COMPUTE_EFFICIENCY = 1.1;
    private static final double PARALLEL_EXPONENT = 2.0 / 3;

    private EnginePhysics() {}

    static Optional<EngineTruth> of(TierOption option) {
        return of(option.profile(), option.tier().accelerator(), option.acceleratorsPerReplica(), option.limits());
    }

    static Optional<EngineTruth> of(
            ModelProfile profile, Accelerator accelerator, int accelerators, EngineLimits limits) {
        double free = accelerators * (MEMORY_USED * accelerator.memory().count() - MEMORY_RESERVED_BYTES)
                - profile.weights().count();
        double blocks = Math.floor(free / (profile.kvBytesPerToken().count() * (double) EngineTruth.BLOCK_TOKENS));
        return blocks < 1
                ? Optional.empty()
                : Optional.of(
                        new EngineTruth(step(profile, accelerator.datasheet(), accelerators), (int) blocks, limits));
    }

    private static StepCoefficients step(ModelProfile profile, Datasheet datasheet, int accelerators) {
        double bytesPerSecond =
                bandwidthEfficiency(datasheet.bytesPerSecond()) * datasheet.bytesPerSecond() * accelerators;
        double layers = Math.pow(profile.parameters() / REFERENCE_BILLIONS, LAYERS_EXPONENT);
        double overheadMillis = (LAUNCH_MILLIS + SYNCHRONISE_MILLIS * Math.log(accelerators) / Math.log(2)) * layers;
        double flops = datasheet.flops(profile.precision());
        double usableFlops = computeEfficiency(flops / datasheet.bytesPerSecond())
                * flops
                * Math.pow(accelerators, PARALLEL_EXPONENT);
        return new StepCoefficients(
                new Seconds(profile.weights().count() / bytesPerSecond).plus(Seconds.ofMillis(overheadMillis)),
                Seconds.ofMillis(SEQUENCE_MILLIS),
                new Seconds(profile.kvBytesPerToken().count() / bytesPerSecond),
                new Seconds(2 * profile.activeParameters() * 1e9 / usableFlops));
    }

    private static double bandwidthEfficiency(double bytesPerSecond) {
        double position = (bytesPerSecond - BANDWIDTH_LOW) / (BANDWIDTH_HIGH - BANDWIDTH_LOW);
        double fraction = Math.max(0, Math.min(1, position));
        return BANDWIDTH_EFFICIENCY_LOW + fraction * (BANDWIDTH_EFFICIENCY_HIGH - BANDWIDTH_EFFICIENCY_LOW);
    }

    private static double computeEfficiency(double operationsPerByte) {
        return Math.min(BEST_COMPUTE_EFFICIENCY, Math.sqrt(BALANCED_OPERATIONS_PER_BYTE / operationsPerByte));
    }
}
