package dev.gearshift.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.StepCoefficients;
import org.junit.jupiter.api.Test;

/** The physics against the measurements it was fitted to; the files are named in {@link EnginePhysics}. */
class EngineTruthTest {

    private static final EngineLimits LIMITS = new EngineLimits(256, 2048);
    private static final ModelProfile LLAMA_8B =
            new ModelProfile("llama-3.1-8b", 8.03, 8.03, Precision.BF16, new Bytes(131_072));
    private static final ModelProfile LLAMA_70B_FP8 =
            new ModelProfile("llama-3.1-70b", 70.6, 70.6, Precision.FP8, new Bytes(327_680));
    private static final Accelerator RTX_4090 = accelerator("RTX-4090", 23.99, 1008, 165.2);
    private static final Accelerator H100 = accelerator("H100", 80, 3350, 989);
    private static final Accelerator H200 = accelerator("H200", 141, 4800, 989);

    @Test
    void anRtx4090IsAsMeasured() {
        EngineTruth truth = EnginePhysics.of(LLAMA_8B, RTX_4090, 1, LIMITS).orElseThrow();

        assertStep(truth.step(), 16.7, 0.141, 0.088, 5);
        assertThat(truth.step().beta().millis()).isEqualTo(0.04);
        assertThat((double) truth.kvBlocks()).isCloseTo(2588, withinPercentage(1));
    }

    @Test
    void h100AndH200AreNearTheirFits() {
        assertStep(EnginePhysics.of(LLAMA_8B, H100, 1, LIMITS).orElseThrow().step(), 6.42, 0.0499, 0.0196, 5);
        double[][] fits = {{1, 20.73, 0.1061}, {2, 13.16, 0.0704}, {4, 9.18, 0.0424}, {8, 7.74, 0.0262}};
        for (double[] fit : fits) {
            StepCoefficients step = EnginePhysics.of(LLAMA_70B_FP8, H200, (int) fit[0], LIMITS)
                    .orElseThrow()
                    .step();
            assertThat(step.alpha().millis()).isCloseTo(fit[1], withinPercentage(20));
            assertThat(step.epsilon().millis()).isCloseTo(fit[2], withinPercentage(10));
        }
    }

    @Test
    void weightsThatDoNotFitLeaveNoEngine() {
        assertThat(EnginePhysics.of(LLAMA_70B_FP8, RTX_4090, 1, LIMITS)).isEmpty();
        assertThat(EnginePhysics.of(LLAMA_70B_FP8, RTX_4090, 4, LIMITS)).isPresent();
    }

    private static void assertStep(
            StepCoefficients step, double alpha, double gammaPerThousand, double epsilon, double percent) {
        assertThat(step.alpha().millis()).isCloseTo(alpha, withinPercentage(percent));
        assertThat(step.gamma().millis() * 1000).isCloseTo(gammaPerThousand, withinPercentage(percent));
        assertThat(step.epsilon().millis()).isCloseTo(epsilon, withinPercentage(percent));
    }

    private static Accelerator accelerator(String product, double gibibytes, double bandwidth, double tflops) {
        return new Accelerator(
                "nvidia.com/gpu", product, Bytes.ofGibibytes(gibibytes), new Datasheet(bandwidth, tflops));
    }
}
