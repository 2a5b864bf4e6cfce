package dev.gearshift.telemetry;

import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.LatencyVerdict.BudgetRange;
import dev.gearshift.core.model.LatencyVerdict.ShareRange;
import dev.gearshift.core.model.LatencyVerdict.Verdict;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.Percentile;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.Share;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import dev.gearshift.core.model.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decisions about a model in namespace {@code team}, to be varied. */
final class Decisions {

    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final String name;
    private Freshness freshness = Freshness.FRESH;
    private List<Reason> reasons = List.of(Reason.of(ReasonKind.STEADY));
    private Optional<ShareRange> attainment = Optional.of(new ShareRange(new Share(.5), new Share(.75)));
    private Optional<BudgetRange> budget = Optional.of(new BudgetRange(-.25, .5));
    private TierName tier = new TierName("l4");
    private Optional<Instant> stockOutUntil = Optional.empty();

    private Decisions(String name) {
        this.name = name;
    }

    /** What came of an interval with these decisions. */
    static Outcome outcome(Decision... decisions) {
        return new Outcome(List.of(decisions), FleetMemory.EMPTY, new TreeMap<>());
    }

    static Decisions of(String name) {
        return new Decisions(name);
    }

    Decisions because(ReasonKind... kinds) {
        reasons = Arrays.stream(kinds).map(Reason::of).toList();
        return this;
    }

    Decisions metrics(Freshness known) {
        freshness = known;
        return this;
    }

    Decisions nothingSeen() {
        attainment = Optional.empty();
        budget = Optional.empty();
        return this;
    }

    Decisions on(String tierName) {
        tier = new TierName(tierName);
        return this;
    }

    Decisions benchedUntil(Instant until) {
        stockOutUntil = Optional.of(until);
        return this;
    }

    Decision made() {
        Gear gear = Gear.of(tier, 5);
        HourlyCost cost = HourlyCost.ofDollars("3.55");
        LatencyTarget target =
                new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(95));
        return new Decision(
                new ModelKey("team", name),
                NOW,
                1,
                new Plan(gear, new Front.AllTiers(), new TreeSet<>(), new TreeSet<>()),
                gear,
                cost,
                new DemandEstimate(
                        new RequestRate(2.5),
                        new RequestRate(3.25),
                        new RequestRate(4),
                        new Tokens(100),
                        new Tokens(200)),
                List.of(new TierStatus(tier, 5, 4, 3, 2, 1, cost, Optional.empty(), new Seconds(120), stockOutUntil)),
                List.of(new LatencyVerdict(target, Verdict.UNKNOWN, Optional.empty(), attainment, budget)),
                Optional.empty(),
                freshness,
                freshness == Freshness.ABSENT ? Optional.empty() : Optional.of(Duration.ofMillis(4500)),
                Progress.STEADY,
                reasons,
                List.of());
    }
}
