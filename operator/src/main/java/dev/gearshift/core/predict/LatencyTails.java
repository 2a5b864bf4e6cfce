package dev.gearshift.core.predict;

import dev.gearshift.core.model.LatencyObjective;

/**
 * The share of requests that take longer than a given time, on a replica in equilibrium. Arrivals are taken to be Poisson.
 *
 * <p><b>TPOT.</b> Of a request with n output tokens the mean is the mean inter-token time s. Two things spread it: prompts that
 * are computed during its own n·t₀ seconds of decoding, relative variance λε²E[in²]/((1 − ρ)·n·t₀), and the number of other
 * sequences, relative variance (κ·σ_ctx/(c̄·t₀))² when it lasts shorter than the batch takes to change, less when longer. The
 * result is taken as log-normal, for each output length. Prompts still queued when the first token comes out add their prefill
 * on top, spread over the request's tokens and at most a full budget a step.
 *
 * <p><b>TTFT.</b> A prompt waits for the prompts before it, an M/G/1 queue whose server computes B − b prompt tokens in each step
 * of t₀ + ε(B − b): u = t₀/(B − b) + ε a token, load ρ_q = λ·in·u, mean wait W = in·u·ρ_q/(1 − ρ_q)·(1 + c_in²)/2 with the
 * exponential tail P(wait > θ) = ρ_q·e^(−θρ_q/W). Then it is computed itself: ε·in + t₀⌈in/(B − b)⌉, after the rest of the
 * present step, t₀/2 when there is one.
 *
 * <p><b>End to end.</b> The wait above plus the output length times TPOT, where TPOT takes each of five values that stand for its
 * log-normal.
 */
final class LatencyTails {

    /** Midpoints of fifths of a normal distribution, stretched to its variance. */
    private static final double[] NORMAL_POINTS = {-1.43, -0.54, 0, 0.54, 1.43};

    /** Means of quarters of an exponential distribution of mean 1. */
    private static final double[] EXPONENTIAL_POINTS = {0.137, 0.477, 1, 2.386};

    /** Over few tokens the spread would outgrow the log-normal; the backlog speaks for those. */
    private static final double MOST_STALLS = 0.2;

    private LatencyTails() {}

    /** The share of requests above {@code limit} seconds. */
    static double above(StepRates rates, ReplicaLoad load, LatencyObjective objective, double limit) {
        return switch (objective) {
            case TIME_TO_FIRST_TOKEN -> firstToken(rates, load, limit);
            case TIME_PER_OUTPUT_TOKEN -> outputToken(rates, load, limit);
            case END_TO_END -> endToEnd(rates, load, limit);
        };
    }

    private static double outputToken(StepRates rates, ReplicaLoad load, double limit) {
        Prefill prefill = new Prefill(rates, load);
        double missed = 0;
        for (int i = 0; i < rates.output.size(); i++) {
            double tokens = rates.output.length(i) - 1;
            if (tokens > 0) {
                missed += rates.output.weight(i) * outputToken(rates, load, prefill, tokens, limit);
            }
        }
        return missed;
    }

    private static double outputToken(StepRates rates, ReplicaLoad load, Prefill prefill, double tokens, double limit) {
        double sigma = outputTokenSpread(rates, load, tokens);
        double behind = 0;
        for (double backlog : EXPONENTIAL_POINTS) {
            double stalled = Math.min(prefill.stall(backlog) / tokens, prefill.longestStall());
            behind += logNormalAbove(limit - stalled, load.interToken, sigma) / EXPONENTIAL_POINTS.length;
        }
        double queued = Math.min(1, prefill.load);
        return queued * behind + (1 - queued) * logNormalAbove(limit, load.interToken, sigma);
    }

    private static double logNormalAbove(double limit, double mean, double sigma) {
        return limit <= 0 ? 1 : Gaussian.above((Math.log(limit / mean) + sigma * sigma / 2) / Math.max(sigma, 1e-9));
    }

    /** σ of the log-normal TPOT of requests with that many tokens after the first. */
    private static double outputTokenSpread(StepRates rates, ReplicaLoad load, double tokens) {
        double stalls = Math.min(
                MOST_STALLS, load.rate * rates.squaredPrefillWork / ((1 - load.prefillShare) * tokens * load.step));
        double others = rates.kappa * load.residentDeviation / (rates.meanResident * load.step);
        double duration = tokens * load.interToken * load.relaxation;
        double kept = duration < 1e-3 ? 1 : 2 * (duration - 1 + Math.exp(-duration)) / (duration * duration);
        return Math.sqrt(Math.log1p(stalls + others * others * kept));
    }

    private static double firstToken(StepRates rates, ReplicaLoad load, double limit) {
        Prefill prefill = new Prefill(rates, load);
        double missed = 0;
        for (int i = 0; i < rates.prompt.size(); i++) {
            missed += rates.prompt.weight(i) * prefill.waitAbove(limit - prefill.own(rates.prompt.length(i)));
        }
        return missed;
    }

    private static double endToEnd(StepRates rates, ReplicaLoad load, double limit) {
        Prefill prefill = new Prefill(rates, load);
        double missed = 0;
        for (int j = 0; j < rates.output.size(); j++) {
            double tokens = Math.max(0, rates.output.length(j) - 1);
            double sigma = tokens > 0 ? outputTokenSpread(rates, load, tokens) : 0;
            for (double point : NORMAL_POINTS) {
                double left = limit - tokens * load.interToken * Math.exp(sigma * point - sigma * sigma / 2);
                double share = rates.output.weight(j) / NORMAL_POINTS.length;
                for (int i = 0; i < rates.prompt.size(); i++) {
                    missed += share
                            * rates.prompt.weight(i)
                            * prefill.waitAbove(left - prefill.own(rates.prompt.length(i)));
                }
            }
        }
        return missed;
    }

    /** The queue of prompts. */
    private static final class Prefill {

        private final double room;
        private final double step;
        private final double epsilon;
        private final double residual;
        private final double load;
        private final double decay;

        Prefill(StepRates rates, ReplicaLoad replica) {
            step = replica.step;
            epsilon = rates.epsilon;
            room = rates.maxBatchedTokens - replica.decoding;
            double perToken = step / room + epsilon;
            load = replica.rate * rates.meanInput * perToken;
            double wait = rates.meanInput * perToken * load / (1 - load) * (1 + rates.inputVariability) / 2;
            decay = load / wait;
            residual = (1 - replica.idle) * step / 2;
        }

        /** What a prompt takes from the end of its wait to its first token. */
        double own(double tokens) {
            return epsilon * tokens + step * Math.max(1, Math.ceil(tokens / room)) + residual;
        }

        /** Seconds that a backlog so many times its mean stalls those that decode. */
        double stall(double times) {
            return load == 0 ? 0 : times / decay * epsilon / (step / room + epsilon);
        }

        /** What prefill adds to one step at most. */
        double longestStall() {
            return epsilon * room;
        }

        double waitAbove(double limit) {
            if (limit < 0 || room <= 0 || load >= 1) {
                return 1;
            }
            return load == 0 ? 0 : load * Math.exp(-limit * decay);
        }
    }
}
