package dev.gearshift.core.plan;

import dev.gearshift.core.model.Count;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The cheapest gear for one model, exactly.
 *
 * <p>With capacities that add up this is one {@link CoverSearch}. Evenly spread, a gear of n replicas carries n·min(c); for each
 * capacity c that may be the least one, every tier at least as fast counts as c, and the best over all c is the best of all: a
 * gear without a tier of exactly that capacity carries even more than it was counted for.
 *
 * <p>Of gears that cost the same the one in use is kept; otherwise the one with fewer tiers, then fewer replicas, then the tier
 * whose name comes first. When bounds, limits or the cap forbid what is required, the gear that carries most within them is
 * found (under a cap to a millionth of what could be carried without it), and the cheapest of those.
 *
 * <p>Measured on one core: 25 to 200 µs for two to four tiers and some twenty replicas, 1 ms for twelve tiers of nearly equal
 * price and fifty, 0.1 to 0.3 s for a thousand.
 */
public final class GearSearch {

    private static final HourlyCost UNLIMITED = new HourlyCost(new Money(Long.MAX_VALUE / 2));

    private static final double CLOSE = 1e-6;

    private final GearQuestion question;
    private final List<Candidate> usable;
    private final SortedMap<TierName, RequestRate> capacities = new TreeMap<>();
    private final List<List<CoverSearch.Kind>> groups;
    private final int minTotal;

    private GearSearch(GearQuestion question) {
        this.question = question;
        this.usable = question.candidates().stream()
                .filter(candidate ->
                        candidate.maxReplicas() > 0 && candidate.capacity().perSecond() > 0)
                .toList();
        question.candidates().forEach(candidate -> capacities.put(candidate.name(), candidate.capacity()));
        this.groups = groups();
        // The tiers' limits and maxTotal stand above minTotal.
        long room = groups.stream()
                .mapToLong(group -> group.stream()
                        .mapToLong(kind -> kind.candidate().maxReplicas())
                        .sum())
                .max()
                .orElse(0);
        this.minTotal = (int) Math.min(question.minTotal(), room);
    }

    /** The cheapest gear that carries what is required within the bounds; the one that carries most where none may. */
    public static GearAnswer cheapest(GearQuestion question) {
        return new GearSearch(question).answer();
    }

    private GearAnswer answer() {
        HourlyCost cap = cap();
        double required = question.required().perSecond();
        Optional<Gear> found = solve(required, question.maxTotal(), cap);
        Gear gear = preferPresent(found.orElseGet(() -> carryingMost(cap)), cap);
        RequestRate carries = carried(gear);
        Optional<Reason> shortfall = carries.perSecond() >= required * (1 - CoverSearch.SLACK) && enough(gear)
                ? Optional.empty()
                : Optional.of(shortfall(gear));
        return new GearAnswer(
                gear, bill(gear), carries, shortfall, new RejectedGears(question, usable, gear, bill(gear)).best());
    }

    /** The cap, or the price of the cheapest gear of {@code minTotal} replicas, which stands above it. */
    private HourlyCost cap() {
        HourlyCost least =
                solve(0, question.maxTotal(), UNLIMITED).map(this::cost).orElse(HourlyCost.ZERO);
        return question.cap().map(cap -> cap.compareTo(least) < 0 ? least : cap).orElse(UNLIMITED);
    }

    private boolean enough(Gear gear) {
        return !gear.isEmpty() || question.minTotal() == 0;
    }

    /** Sets of tiers whose capacities add up, each tier with what one replica counts for in that set. */
    private List<List<CoverSearch.Kind>> groups() {
        if (!question.mixing()) {
            return usable.stream()
                    .map(candidate -> List.of(
                            new CoverSearch.Kind(candidate, candidate.capacity().perSecond())))
                    .toList();
        }
        if (question.spreading() == Spreading.WEIGHTED) {
            return List.of(usable.stream()
                    .map(candidate ->
                            new CoverSearch.Kind(candidate, candidate.capacity().perSecond()))
                    .toList());
        }
        return usable.stream()
                .map(candidate -> candidate.capacity().perSecond())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(least -> usable.stream()
                        .filter(candidate -> candidate.capacity().perSecond() >= least)
                        .map(candidate -> new CoverSearch.Kind(candidate, least))
                        .toList())
                .toList();
    }

    /** The cheapest gear that carries {@code load}. */
    private Optional<Gear> solve(double load, int maxTotal, HourlyCost cap) {
        Optional<Gear> best = Optional.empty();
        for (List<CoverSearch.Kind> group : groups) {
            HourlyCost budget = best.map(this::cost).orElse(cap);
            Optional<Gear> found = CoverSearch.cheapest(group, load, Math.min(minTotal, maxTotal), maxTotal, budget)
                    .map(counts -> gear(group, counts));
            if (found.isPresent() && (best.isEmpty() || order().compare(found.get(), best.get()) < 0)) {
                best = found;
            }
        }
        return best;
    }

    private static Gear gear(List<CoverSearch.Kind> group, int[] counts) {
        SortedMap<TierName, Integer> replicas = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            replicas.put(group.get(i).candidate().name(), counts[i]);
        }
        return new Gear(replicas);
    }

    private Comparator<Gear> order() {
        return Comparator.<Gear, HourlyCost>comparing(this::cost)
                .thenComparing(gear -> gear.replicas().size())
                .thenComparing(Gear::total)
                .thenComparing((one, other) -> {
                    for (TierName tier : capacities.keySet()) {
                        if (one.on(tier) != other.on(tier)) {
                            return Integer.compare(other.on(tier), one.on(tier));
                        }
                    }
                    return 0;
                });
    }

    private Gear carryingMost(HourlyCost cap) {
        double most = mostWithin(question.maxTotal());
        Optional<Gear> atMost = solve(most, question.maxTotal(), cap);
        if (atMost.isPresent()) {
            return atMost.get();
        }
        Gear best = solve(0, question.maxTotal(), cap).orElse(Gear.EMPTY);
        double low = carried(best).perSecond();
        double high = most;
        while (high - low > CLOSE * most) {
            double middle = (low + high) / 2;
            Optional<Gear> found = solve(middle, question.maxTotal(), cap);
            if (found.isPresent()) {
                best = found.get();
                low = Math.max(middle, carried(best).perSecond());
            } else {
                high = middle;
            }
        }
        return solve(carried(best).perSecond(), question.maxTotal(), cap).orElse(best);
    }

    /** The most any gear of so many replicas carries, whatever it costs. */
    private double mostWithin(int maxTotal) {
        double most = 0;
        for (List<CoverSearch.Kind> group : groups) {
            long room = maxTotal;
            double sum = 0;
            for (CoverSearch.Kind kind : group.stream()
                    .sorted(Comparator.comparingDouble(CoverSearch.Kind::value).reversed())
                    .toList()) {
                long count = Math.min(room, kind.candidate().maxReplicas());
                sum += count * kind.value();
                room -= count;
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private Gear preferPresent(Gear gear, HourlyCost cap) {
        return question.present()
                .filter(present -> admissible(present, cap))
                .filter(present -> cost(present).equals(cost(gear)))
                .filter(present -> carried(present).perSecond()
                        >= Math.min(
                                        carried(gear).perSecond(),
                                        question.required().perSecond())
                                * (1 - CoverSearch.SLACK))
                .orElse(gear);
    }

    private boolean admissible(Gear gear, HourlyCost cap) {
        return gear.total() >= minTotal
                && gear.total() <= question.maxTotal()
                && (question.mixing() || gear.replicas().size() <= 1)
                && cost(gear).compareTo(cap) <= 0
                && gear.replicas().entrySet().stream()
                        .allMatch(entry -> usable.stream()
                                .anyMatch(candidate -> candidate.name().equals(entry.getKey())
                                        && candidate.maxReplicas() >= entry.getValue()));
    }

    private RequestRate carried(Gear gear) {
        return GearCapacity.of(gear, capacities, question.spreading());
    }

    /** What a gear of candidates counts for in planning. */
    private HourlyCost cost(Gear gear) {
        return sum(gear, candidate -> candidate.cost(gear.on(candidate.name())));
    }

    private HourlyCost bill(Gear gear) {
        return sum(gear, candidate -> candidate.option().bill(gear.on(candidate.name())));
    }

    private HourlyCost sum(Gear gear, Function<Candidate, HourlyCost> part) {
        return question.candidates().stream()
                .filter(candidate -> gear.on(candidate.name()) > 0)
                .map(part)
                .reduce(HourlyCost.ZERO, HourlyCost::plus);
    }

    private Reason shortfall(Gear gear) {
        if (usable.isEmpty()) {
            return Reason.of(ReasonKind.NO_TIER);
        }
        double required = question.required().perSecond();
        if (question.cap().isPresent() && mostWithin(question.maxTotal()) >= required * (1 - CoverSearch.SLACK)) {
            return Reason.of(ReasonKind.COST_CAP)
                    .observed(question.required())
                    .limit(question.cap().get());
        }
        if (mostWithin(Integer.MAX_VALUE) >= required * (1 - CoverSearch.SLACK)) {
            return Reason.of(ReasonKind.AT_MAX_REPLICAS)
                    .observed(question.required())
                    .limit(new Count(question.maxTotal()));
        }
        TierName full = usable.stream()
                .filter(candidate -> gear.on(candidate.name()) == candidate.maxReplicas())
                .findFirst()
                .orElse(usable.get(0))
                .name();
        return Reason.of(ReasonKind.TIER_LIMIT).on(full).observed(question.required());
    }
}
