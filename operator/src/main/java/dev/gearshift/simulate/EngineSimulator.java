package dev.gearshift.simulate;

import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.Tokens;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One serving engine, step by step, with the scheduling of vLLM's V1 engine: continuous batching, first come first served,
 * chunked prefill, a KV cache in blocks, preemption by recomputation.
 *
 * <p>A step takes t = α + β·b + γ·ctx + ε·prefill ({@link StepCoefficients}). At its start every decoding sequence gets one
 * token of the budget {@code maxBatchedTokens}; a prompt begun earlier and then waiting ones share the rest, in order of
 * arrival, as long as there are blocks and fewer than {@code maxSequences} sequences. When a sequence needs a block and there
 * is none, the latest admitted sequence gives up its blocks and goes back to the front of the queue; what it generated is
 * recomputed together with its prompt, and nothing is admitted in that step. A first token is out at the end of the step that
 * completes the prefill.
 *
 * <p>Instants are spans since the start of the simulation, to the nanosecond. The state after {@link #advanceTo} does not
 * depend on the instants of earlier calls: a step is begun only when time moves beyond its start, so a request submitted at
 * that very instant still takes part. Work per step is independent of the batch, since all decoding sequences advance
 * together; only joining and leaving cost time proportional to it. Not thread-safe.
 *
 * <p>Not modelled: prefix caching, speculative decoding, the host's time between steps (part of α).
 */
public final class EngineSimulator {

    private static final int BLOCK = EngineTruth.BLOCK_TOKENS;

    private final EngineTruth truth;
    private final EngineListener listener;
    private final int maxSequences;
    private final double alphaNanos;
    private final double betaNanos;
    private final double gammaNanos;
    private final double epsilonNanos;

    private final ArrayDeque<Sequence> arriving = new ArrayDeque<>();
    private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();

    /** In order of admission: first those that decode, then those whose prompt is being computed. */
    private Sequence[] running = new Sequence[16];

    private int decoding;
    private int admitted;
    private final int[] needingBlock = new int[BLOCK];
    private long nextFinish = Long.MAX_VALUE;
    private int freeBlocks;
    private long resident;

    private long now;
    private boolean inStep;
    private long stepStart;
    private long stepEnd;
    private int stepPrefill;

    private long steps;
    private long promptTokens;
    private long generatedTokens;
    private long completed;
    private long aborted;
    private long refused;
    private long preemptions;

    /** An idle engine at time zero that nobody listens to. */
    public EngineSimulator(EngineTruth truth) {
        this(truth, new EngineListener() {});
    }

    /** An idle engine at time zero. */
    public EngineSimulator(EngineTruth truth, EngineListener listener) {
        this.truth = truth;
        this.listener = listener;
        // An engine refuses to start with fewer tokens a step than sequences; here the smaller one bounds both.
        this.maxSequences =
                Math.min(truth.limits().maxSequences(), truth.limits().maxBatchedTokens());
        StepCoefficients step = truth.step();
        this.alphaNanos = step.alpha().value() * 1e9;
        this.betaNanos = step.beta().value() * 1e9;
        this.gammaNanos = step.gamma().value() * 1e9;
        this.epsilonNanos = step.epsilon().value() * 1e9;
        this.freeBlocks = truth.kvBlocks();
    }

    /**
     * Hands a request to the engine. One that could not fit into the KV cache even alone is refused at once.
     *
     * @param request the request
     * @param at when the engine receives it: not before the present nor before the latest submission
     * @throws IllegalArgumentException when {@code at} is too early
     */
    public void submit(SimulatedRequest request, Duration at) {
        long instant = at.toNanos();
        long earliest = arriving.isEmpty() ? now : Math.max(now, arriving.getLast().submitted);
        if (instant < earliest) {
            throw new IllegalArgumentException("request " + request.id() + " is submitted at " + at
                    + ", which lies before " + Duration.ofNanos(earliest));
        }
        if (request.inputTokens() + request.outputTokens() - 1L > (long) truth.kvBlocks() * BLOCK) {
            refused++;
            listener.ended(new RequestOutcome.Failed(request, at, FailureCause.TOO_LONG));
            return;
        }
        arriving.add(new Sequence(request, instant));
    }

    /**
     * Lets time pass: completes every step that ends by then, and begins every step that starts before.
     *
     * @throws IllegalArgumentException when {@code time} lies in the past
     */
    public void advanceTo(Duration time) {
        long until = time.toNanos();
        if (until < now) {
            throw new IllegalArgumentException("time cannot go back from " + now() + " to " + time);
        }
        while (true) {
            if (inStep) {
                if (stepEnd > until) {
                    break;
                }
                now = stepEnd;
                completeStep();
            }
            if (admitted == 0 && waiting.isEmpty()) {
                if (arriving.isEmpty() || arriving.getFirst().submitted >= until) {
                    break;
                }
                now = Math.max(now, arriving.getFirst().submitted);
            }
            if (now >= until) {
                break;
            }
            beginStep();
        }
        now = until;
        receive();
    }

    /** The present. */
    public Duration now() {
        return Duration.ofNanos(now);
    }

    /** Sequences in the batch. */
    public int running() {
        return admitted;
    }

    /** Requests received and not in the batch. */
    public int waiting() {
        return waiting.size();
    }

    /** Whether there is nothing to do, now or announced. */
    public boolean isIdle() {
        return admitted == 0 && waiting.isEmpty() && arriving.isEmpty();
    }

    /** Share of the KV cache's blocks in use. */
    public Share kvUsage() {
        return new Share((truth.kvBlocks() - freeBlocks) / (double) truth.kvBlocks());
    }

    /** Tokens the KV cache holds. */
    public Tokens kvCapacity() {
        return truth.kvCapacity();
    }

    /** What the engine is. */
    public EngineTruth truth() {
        return truth;
    }

    /** Everything counted so far. */
    public EngineCounters counters() {
        return new EngineCounters(promptTokens, generatedTokens, completed, aborted, refused, preemptions, steps);
    }

    /**
     * Ends every request at once, as when the process is killed. The step under way is lost. Afterwards the engine is idle.
     *
     * @param cause what to report as the cause
     * @return the requests that were cut off, in order of admission, then of arrival
     */
    public List<RequestOutcome.Failed> abortAll(FailureCause cause) {
        List<Sequence> left = new ArrayList<>(Arrays.asList(running).subList(0, admitted));
        left.addAll(waiting);
        left.addAll(arriving);
        Arrays.fill(running, 0, admitted, null);
        Arrays.fill(needingBlock, 0);
        waiting.clear();
        arriving.clear();
        decoding = 0;
        admitted = 0;
        freeBlocks = truth.kvBlocks();
        resident = 0;
        nextFinish = Long.MAX_VALUE;
        inStep = false;
        aborted += left.size();
        List<RequestOutcome.Failed> outcomes = left.stream()
                .map(sequence -> new RequestOutcome.Failed(sequence.request, now(), cause))
                .toList();
        outcomes.forEach(listener::ended);
        return outcomes;
    }

    private void receive() {
        while (!arriving.isEmpty() && arriving.getFirst().submitted <= now) {
            waiting.addLast(arriving.removeFirst());
        }
    }

    private void beginStep() {
        receive();
        int budget = truth.limits().maxBatchedTokens();
        boolean preempted = false;
        int needed = neededBlocks(budget);
        while (needed > freeBlocks) {
            preemptLatest();
            preempted = true;
            needed = neededBlocks(budget);
        }
        freeBlocks -= needed;
        budget -= decoding;
        stepPrefill = 0;
        for (int i = decoding; i < admitted; i++) {
            budget -= schedule(running[i], budget);
        }
        if (!preempted) {
            admit(budget);
        }
        double nanos = alphaNanos + betaNanos * decoding + gammaNanos * resident + epsilonNanos * stepPrefill;
        stepStart = now;
        stepEnd = now + Math.max(1, Math.round(nanos));
        inStep = true;
    }

    /** Blocks the sequences already admitted need for this step. */
    private int neededBlocks(int budget) {
        int needed = needingBlock[(int) (steps % BLOCK)];
        int left = budget - decoding;
        for (int i = decoding; i < admitted; i++) {
            Sequence sequence = running[i];
            int chunk = Math.min(sequence.target - sequence.resident, left);
            needed += blocks(sequence.resident + chunk) - blocks(sequence.resident);
            left -= chunk;
        }
        return needed;
    }

    private int schedule(Sequence sequence, int budget) {
        sequence.chunk = Math.min(sequence.target - sequence.resident, budget);
        stepPrefill += sequence.chunk;
        return sequence.chunk;
    }

    private void admit(int budgetLeft) {
        int budget = budgetLeft;
        while (budget > 0 && admitted < maxSequences && !waiting.isEmpty()) {
            Sequence next = waiting.getFirst();
            int needed = blocks(Math.min(next.target, budget));
            if (needed > freeBlocks) {
                break;
            }
            waiting.removeFirst();
            freeBlocks -= needed;
            budget -= schedule(next, budget);
            append(next);
            if (next.started < 0) {
                next.started = now;
            }
        }
    }

    private void append(Sequence sequence) {
        if (admitted == running.length) {
            running = Arrays.copyOf(running, 2 * admitted);
        }
        running[admitted++] = sequence;
    }

    @SuppressWarnings("NullAway") // slots beyond the admitted sequences are empty
    private void preemptLatest() {
        Sequence latest = running[--admitted];
        running[admitted] = null;
        int held;
        int generated;
        if (admitted < decoding) {
            decoding--;
            needingBlock[latest.phase()]--;
            held = latest.residentAt(steps);
            generated = latest.generatedAt(steps);
            latest.lastToken = now;
        } else {
            held = latest.resident;
            generated = latest.generated;
        }
        release(held);
        latest.preempt(generated);
        waiting.addFirst(latest);
        preemptions++;
    }

    private void release(int tokens) {
        freeBlocks += blocks(tokens);
        resident -= tokens;
    }

    private void completeStep() {
        inStep = false;
        steps++;
        resident += decoding + stepPrefill;
        generatedTokens += decoding;
        listener.stepped(stepEnd - stepStart, decoding, stepPrefill);
        boolean leaving = steps >= nextFinish;
        if (leaving || decoding < admitted) {
            settle();
        }
    }

    /** Sees off what is finished and turns completed prefills into decoding sequences. */
    @SuppressWarnings("NullAway") // slots beyond the admitted sequences are empty
    private void settle() {
        int before = admitted;
        int decodingBefore = decoding;
        admitted = 0;
        decoding = 0;
        nextFinish = Long.MAX_VALUE;
        for (int i = 0; i < before; i++) {
            Sequence sequence = running[i];
            if (i < decodingBefore) {
                if (sequence.finishStep <= steps) {
                    needingBlock[sequence.phase()]--;
                    finish(sequence, sequence.residentAt(steps));
                    continue;
                }
            } else {
                sequence.resident += sequence.chunk;
                if (sequence.resident < sequence.target) {
                    running[admitted++] = sequence;
                    continue;
                }
                tokenAfterPrefill(sequence);
                if (sequence.generated == sequence.request.outputTokens()) {
                    finish(sequence, sequence.resident);
                    continue;
                }
                sequence.decodeFrom(steps);
                needingBlock[sequence.phase()]++;
            }
            nextFinish = Math.min(nextFinish, sequence.finishStep);
            running[admitted++] = sequence;
            decoding++;
        }
        Arrays.fill(running, admitted, before, null);
    }

    private void tokenAfterPrefill(Sequence sequence) {
        sequence.generated++;
        generatedTokens++;
        if (sequence.firstToken < 0) {
            sequence.firstToken = now;
            promptTokens += sequence.request.inputTokens();
            listener.firstToken(sequence.request, Duration.ofNanos(sequence.submitted), now());
        } else {
            listener.resumed(now - sequence.lastToken);
        }
        sequence.lastToken = now;
    }

    private void finish(Sequence sequence, int held) {
        release(held);
        completed++;
        listener.ended(new RequestOutcome.Completed(
                sequence.request,
                Duration.ofNanos(sequence.submitted),
                Duration.ofNanos(sequence.started),
                Duration.ofNanos(sequence.firstToken),
                now()));
    }

    private static int blocks(int tokens) {
        return (tokens + BLOCK - 1) / BLOCK;
    }
}
