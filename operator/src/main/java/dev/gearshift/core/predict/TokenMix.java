package dev.gearshift.core.predict;

import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How long the requests of a model are now. Prompt and answer lengths are taken to be independent.
 *
 * @param prompt lengths of prompts, as far as they have to be computed
 * @param output lengths of answers
 */
public record TokenMix(LengthDistribution prompt, LengthDistribution output) {

    /**
     * What is assumed before anything was seen: chat, after the conversation trace Azure published in 2023 (19,366 requests;
     * mean prompt 1155 tokens, mean answer 211; CC-BY-4.0).
     */
    public static final TokenMix CHAT = new TokenMix(
            shape(1155, 90, 290, 710, 1100, 1960, 3400, 4115, 9000), shape(211, 25, 63, 107, 260, 410, 437, 510, 800));

    /**
     * The mix two histograms show. A missing or empty one is filled in with the shape of {@link #CHAT}.
     *
     * @param prompts lengths of prompts
     * @param outputs lengths of answers
     */
    public static TokenMix of(Optional<Histogram> prompts, Optional<Histogram> outputs) {
        return new TokenMix(
                prompts.flatMap(LengthDistribution::of).orElse(CHAT.prompt()),
                outputs.flatMap(LengthDistribution::of).orElse(CHAT.output()));
    }

    /** Mean prompt length. */
    public Tokens meanInput() {
        return prompt.mean();
    }

    /** Mean answer length. */
    public Tokens meanOutput() {
        return output.mean();
    }

    /** c_in², the squared coefficient of variation of prompt lengths. */
    public double inputVariability() {
        return prompt.variability();
    }

    /**
     * c̄, the tokens a decoding sequence keeps in the KV cache, averaged over time: E[out·(in + out/2)] ÷ E[out]. A long answer
     * counts for longer, which is why this is more than the mean prompt and half the mean answer.
     */
    public Tokens meanResident() {
        double meanOutput = output.mean().count();
        return meanOutput == 0
                ? prompt.mean()
                : new Tokens(prompt.mean().count() + output.secondMoment() / (2 * meanOutput));
    }

    /** Points that stand for the quantile ranges 0–5, 5–25, 25–50, 50–75, 75–90, 90–95, 95–99 and 99–100 %. */
    private static LengthDistribution shape(double mean, double... middles) {
        double[] shares = {0.05, 0.20, 0.25, 0.25, 0.15, 0.05, 0.04, 0.01};
        List<LengthDistribution.Point> points = IntStream.range(0, shares.length)
                .mapToObj(i -> new LengthDistribution.Point(new Tokens(middles[i]), new Share(shares[i])))
                .toList();
        return LengthDistribution.of(points).scaledTo(new Tokens(mean));
    }
}
