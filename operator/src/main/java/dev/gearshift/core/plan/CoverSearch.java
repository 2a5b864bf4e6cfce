package dev.gearshift.core.plan;

import dev.gearshift.core.model.HourlyCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The cheapest way to reach a value with replicas: minimise Σ cost(nᵢ) over integers nᵢ with Σ nᵢ·valueᵢ ≥ need, a least and
 * a most total and a bound on each nᵢ. Exact, whatever steps the costs take, as long as they do not fall with n.
 *
 * <p>Kinds are added one by one. After each, the partial choices are kept that no other one dominates: costs no more, is worth
 * no less, does not need more replicas, and does not fall shorter of the least total. A partial choice is dropped as soon as a
 * lower bound of what completes it is above the best whole choice known. The bound is the linear programme with one
 * constraint priced out: with the price per replica pᵢ = node price × accelerators ÷ accelerators per node, a multiplier µ per
 * replica and the rest of the need R,
 *
 * <pre>rest ≥ θ·R − µ·(replicas left),  θ = min over the kinds left of (pᵢ + µ)/valueᵢ</pre>
 *
 * for every µ ≥ 0; one µ is chosen at the start, the one with the highest bound for the whole.
 */
final class CoverSearch {

    /** Relative slack for sums of capacities, far below what any capacity is known to. */
    static final double SLACK = 1e-9;

    /**
     * A kind of replica.
     *
     * @param candidate the tier
     * @param value what one replica is worth, positive
     */
    record Kind(Candidate candidate, double value) {

        /** The least a replica can cost among others, in billionths of a dollar an hour. */
        double share() {
            return (double) candidate.nodePrice().perHour().nanoDollars()
                    * candidate.option().acceleratorsPerReplica()
                    / candidate.option().tier().acceleratorsPerNode();
        }
    }

    /**
     * Numbers of replicas for the kinds considered so far.
     *
     * @param counts replicas of each kind, in the order the kinds were given
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or shared
    private record Choice(int[] counts, long cost, double value, int kinds, int total) {}

    /** Cheapest, then fewest kinds, then fewest replicas, then most of the kinds given first. */
    private static final Comparator<Choice> BETTER = Comparator.comparingLong(Choice::cost)
            .thenComparingInt(Choice::kinds)
            .thenComparingInt(Choice::total)
            .thenComparing((one, other) -> Arrays.compare(other.counts(), one.counts()));

    private final List<Kind> kinds;
    /** The kinds by what they cost for their value. */
    private final int[] order;

    private final double need;
    private final int minTotal;
    private final int maxTotal;
    private final long budget;
    private final double perReplica;
    private final double[] perValue;
    private Optional<Choice> best = Optional.empty();

    private CoverSearch(List<Kind> kinds, double need, int minTotal, int maxTotal, long budget) {
        this.kinds = kinds;
        this.order = IntStream.range(0, kinds.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> kinds.get(i).share() / kinds.get(i).value()))
                .mapToInt(i -> i)
                .toArray();
        this.need = need * (1 - SLACK);
        this.minTotal = minTotal;
        this.maxTotal = maxTotal;
        this.budget = budget;
        this.perReplica = bestMultiplier();
        this.perValue = new double[order.length + 1];
        perValue[order.length] = Double.POSITIVE_INFINITY;
        for (int i = order.length - 1; i >= 0; i--) {
            Kind kind = kinds.get(order[i]);
            perValue[i] = Math.min(perValue[i + 1], (kind.share() + perReplica) / kind.value());
        }
    }

    /**
     * The cheapest choice; of equally cheap ones that with the fewest kinds, then the fewest replicas, then the most of the kinds
     * given first.
     *
     * @param budget the most it may cost
     * @return replicas of each kind, in the order of {@code kinds}; empty when there is no such choice
     */
    static Optional<int[]> cheapest(List<Kind> kinds, double need, int minTotal, int maxTotal, HourlyCost budget) {
        return new CoverSearch(kinds, need, minTotal, maxTotal, budget.perHour().nanoDollars())
                .run()
                .map(Choice::counts);
    }

    private Optional<Choice> run() {
        Choice nothing = new Choice(new int[order.length], 0, 0, 0, 0);
        if (complete(nothing.value(), nothing.total())) {
            return Optional.of(nothing);
        }
        for (int kind = 0; kind < order.length; kind++) {
            double enough = Math.max(minTotal, Math.ceil(need / kinds.get(kind).value()));
            if (enough <= most(kind, nothing)) {
                consider(with(nothing, kind, (int) enough));
            }
        }
        List<Choice> choices = List.of(nothing);
        for (int step = 0; step < order.length; step++) {
            choices = undominated(extended(choices, step));
        }
        return best;
    }

    /** Every choice of {@code choices} with every useful number of the next kind. */
    private List<Choice> extended(List<Choice> choices, int step) {
        int kind = order[step];
        List<Choice> longer = new ArrayList<>();
        for (Choice choice : choices) {
            if (hopeful(choice.cost(), choice.value(), choice.total(), step + 1)) {
                longer.add(choice);
            }
            int most = most(kind, choice);
            for (int count = 1; count <= most; count++) {
                long cost = choice.cost() + cost(kind, count);
                double value = choice.value() + count * kinds.get(kind).value();
                int total = choice.total() + count;
                if (cost > limit()) {
                    break;
                }
                if (complete(value, total)) {
                    // More of this kind would only add to the cost.
                    consider(with(choice, kind, count));
                    break;
                }
                if (hopeful(cost, value, total, step + 1)) {
                    longer.add(with(choice, kind, count));
                }
            }
        }
        return longer;
    }

    private int most(int kind, Choice choice) {
        return Math.min(kinds.get(kind).candidate().maxReplicas(), maxTotal - choice.total());
    }

    private long cost(int kind, int count) {
        return kinds.get(kind).candidate().cost(count).perHour().nanoDollars();
    }

    private Choice with(Choice choice, int kind, int count) {
        int[] counts = choice.counts().clone();
        counts[kind] = count;
        return new Choice(
                counts,
                choice.cost() + cost(kind, count),
                choice.value() + count * kinds.get(kind).value(),
                choice.kinds() + 1,
                choice.total() + count);
    }

    private boolean complete(double value, int total) {
        return value >= need && total >= minTotal;
    }

    private long limit() {
        return best.map(Choice::cost).orElse(budget);
    }

    /** Whether a choice that is not complete could become one as good as the best known with the kinds from {@code step} on. */
    private boolean hopeful(long cost, double value, int total, int step) {
        if (step == order.length) {
            return false;
        }
        double bound = cost + perValue[step] * Math.max(0, need - value) - perReplica * (maxTotal - total);
        return bound <= limit() + 1 + SLACK * Math.abs(bound);
    }

    private void consider(Choice choice) {
        if (choice.cost() <= budget && (best.isEmpty() || BETTER.compare(choice, best.get()) < 0)) {
            best = Optional.of(choice);
        }
    }

    /**
     * The choices no other one dominates. Considered from the best to the worst, a choice is dominated when an earlier one is worth
     * no less with no more replicas, and with as many as long as the least total is not reached.
     */
    private List<Choice> undominated(List<Choice> choices) {
        choices.sort(BETTER);
        MostValue enough = new MostValue(maxTotal);
        double[] tooFew = new double[minTotal];
        Arrays.fill(tooFew, Double.NEGATIVE_INFINITY);
        List<Choice> kept = new ArrayList<>();
        for (Choice choice : choices) {
            int total = choice.total();
            double most = total < minTotal ? tooFew[total] : enough.upTo(total);
            if (choice.value() > most) {
                kept.add(choice);
                if (total < minTotal) {
                    tooFew[total] = choice.value();
                } else {
                    enough.add(total, choice.value());
                }
            }
        }
        return kept;
    }

    /** The most value seen up to any number of replicas: a binary indexed tree. */
    private static final class MostValue {

        private final double[] tree;

        MostValue(int maxTotal) {
            tree = new double[maxTotal + 2];
            Arrays.fill(tree, Double.NEGATIVE_INFINITY);
        }

        void add(int total, double value) {
            for (int i = total + 1; i < tree.length; i += i & -i) {
                tree[i] = Math.max(tree[i], value);
            }
        }

        double upTo(int total) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = total + 1; i > 0; i -= i & -i) {
                most = Math.max(most, tree[i]);
            }
            return most;
        }
    }

    private double bestMultiplier() {
        double chosen = 0;
        double highest = wholeBound(0);
        for (Kind one : kinds) {
            for (Kind other : kinds) {
                // µ at which both kinds cost the same for their value.
                double multiplier =
                        (one.share() * other.value() - other.share() * one.value()) / (one.value() - other.value());
                if (multiplier > 0 && Double.isFinite(multiplier) && wholeBound(multiplier) > highest) {
                    chosen = multiplier;
                    highest = wholeBound(multiplier);
                }
            }
        }
        return chosen;
    }

    private double wholeBound(double multiplier) {
        double least = kinds.stream()
                .mapToDouble(kind -> (kind.share() + multiplier) / kind.value())
                .min()
                .orElse(0);
        return least * need - multiplier * maxTotal;
    }
}
