package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Alternative;
import dev.gearshift.core.model.BindingLimit;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.DemandEstimate;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.LatencyVerdict;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes decisions about three steady replicas on {@code l4}, or what a test changes about that. */
final class Decisions {

    static final Instant TIME = Instant.parse("2026-03-01T12:00:00.250Z");
    static final TierName L4 = new TierName("l4");
    static final TierName SPOT = new TierName("l4-spot");

    private static final LatencyTarget TTFT =
            new LatencyTarget(LatencyObjective.TIME_TO_FIRST_TOKEN, new Seconds(1), new Percentile(95));

    private Instant time = TIME;
    private long generation = 7;
    private Gear target = Gear.of(L4, 3);
    private String cost = "2.40";
    private double observed = 3;
    private final List<TierStatus> tiers = new ArrayList<>();
    private List<LatencyVerdict> latency = List.of(verdict(Verdict.MET, 0.25, 0.5, 0.972, 0.981));
    private Optional<HourlyCost> maxPerHour = Optional.empty();
    private Freshness freshness = Freshness.FRESH;
    private Progress progress = Progress.STEADY;
    private List<Reason> reasons = List.of(steady());
    private List<Alternative> alternatives = List.of();

    static Decisions decision() {
        return new Decisions();
    }

    /** Such as {@code l4×3 carries 5.00 req/s, 4.00 req/s are needed}. */
    static Reason steady() {
        return Reason.of(ReasonKind.STEADY)
                .about("l4×3")
                .observed(new RequestRate(4))
                .limit(new RequestRate(5));
    }

    static LatencyVerdict verdict(Verdict verdict, double low, double high, double least, double most) {
        return new LatencyVerdict(
                TTFT,
                verdict,
                Optional.of(new LatencyVerdict.SecondsRange(new Seconds(low), new Seconds(high))),
                Optional.of(new LatencyVerdict.ShareRange(new Share(least), new Share(most))),
                Optional.empty());
    }

    /** A verdict about a target of which nothing was seen. */
    static LatencyVerdict unseen(Verdict verdict) {
        return LatencyVerdict.unknown(TTFT).judged(verdict);
    }

    Decisions at(Instant moment) {
        time = moment;
        return this;
    }

    Decisions generation(long declared) {
        generation = declared;
        return this;
    }

    Decisions target(Gear gear) {
        target = gear;
        return this;
    }

    Decisions cost(String dollarsPerHour) {
        cost = dollarsPerHour;
        return this;
    }

    Decisions observed(double requestsPerSecond) {
        observed = requestsPerSecond;
        return this;
    }

    /** Adds a tier; without any there is {@code l4} with three ready replicas of three. */
    Decisions tier(TierName name, int desired, int ready, int starting, int draining, int failing) {
        return tier(name, desired, ready, starting, draining, failing, Optional.empty());
    }

    /** Adds a tier that is benched. */
    Decisions benched(TierName name, Instant until) {
        return tier(name, 1, 1, 0, 0, 0, Optional.of(until));
    }

    private Decisions tier(
            TierName name,
            int desired,
            int ready,
            int starting,
            int draining,
            int failing,
            Optional<Instant> stockOutUntil) {
        tiers.add(new TierStatus(
                name,
                desired,
                ready,
                starting,
                draining,
                failing,
                HourlyCost.ofDollars("0.80").times(desired),
                Optional.of(new Capacity(new RequestRate(1.6667), BindingLimit.TIME_TO_FIRST_TOKEN, Optional.empty())),
                new Seconds(208),
                stockOutUntil));
        return this;
    }

    Decisions latency(LatencyVerdict... verdicts) {
        latency = List.of(verdicts);
        return this;
    }

    Decisions maxPerHour(String dollars) {
        maxPerHour = Optional.of(HourlyCost.ofDollars(dollars));
        return this;
    }

    Decisions freshness(Freshness trust) {
        freshness = trust;
        return this;
    }

    Decisions progress(Progress where) {
        progress = where;
        return this;
    }

    Decisions because(Reason... why) {
        reasons = List.of(why);
        return this;
    }

    Decisions alternatives(Alternative... rejected) {
        alternatives = List.of(rejected);
        return this;
    }

    Decision make() {
        if (tiers.isEmpty()) {
            tier(L4, 3, 3, 0, 0, 0);
        }
        return new Decision(
                new ModelKey("assistants", "chat"),
                time,
                generation,
                new Plan(target, new Front.AllTiers(), new TreeSet<>(), new TreeSet<>()),
                target,
                HourlyCost.ofDollars(cost),
                new DemandEstimate(
                        new RequestRate(observed),
                        new RequestRate(observed),
                        new RequestRate(4),
                        new Tokens(600),
                        new Tokens(200)),
                tiers,
                latency,
                maxPerHour,
                freshness,
                Optional.empty(),
                progress,
                reasons,
                alternatives);
    }
}
