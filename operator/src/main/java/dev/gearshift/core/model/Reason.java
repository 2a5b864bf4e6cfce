package dev.gearshift.core.model;

import java.util.Optional;

/**
 * Why a plan is what it is, in numbers. Every text anybody reads is made from this by {@link ReasonText}.
 *
 * @param kind what kind of reason
 * @param tier the tier concerned
 * @param subject the replica, gear, container or other thing concerned, by name
 * @param observed what was seen or expected
 * @param limit what it was compared with
 * @param before the bill before
 * @param after the bill after
 * @param failure what is wrong with an engine
 */
public record Reason(
        ReasonKind kind,
        Optional<TierName> tier,
        Optional<String> subject,
        Optional<Quantity> observed,
        Optional<Quantity> limit,
        Optional<HourlyCost> before,
        Optional<HourlyCost> after,
        Optional<EngineFailure> failure) {

    /** A reason without numbers; add them with the methods below. */
    public static Reason of(ReasonKind kind) {
        return new Reason(
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** This reason about a tier. */
    public Reason on(TierName name) {
        return new Reason(kind, Optional.of(name), subject, observed, limit, before, after, failure);
    }

    /** This reason about a named thing. */
    public Reason about(String name) {
        return new Reason(kind, tier, Optional.of(name), observed, limit, before, after, failure);
    }

    /** This reason with what was seen. */
    public Reason observed(Quantity quantity) {
        return new Reason(kind, tier, subject, Optional.of(quantity), limit, before, after, failure);
    }

    /** This reason with what it was compared with. */
    public Reason limit(Quantity quantity) {
        return new Reason(kind, tier, subject, observed, Optional.of(quantity), before, after, failure);
    }

    /** This reason with the bill before and after. */
    public Reason bill(HourlyCost from, HourlyCost to) {
        return new Reason(kind, tier, subject, observed, limit, Optional.of(from), Optional.of(to), failure);
    }

    /** This reason with what is wrong with an engine. It is about the container: the rest of a failure changes while it lasts. */
    public Reason failure(EngineFailure seen) {
        return new Reason(kind, tier, Optional.of(seen.container()), observed, limit, before, after, Optional.of(seen));
    }
}
