package dev.gearshift.core.plan;

import dev.gearshift.core.guard.EngineTrouble;
import dev.gearshift.core.guard.StockOuts;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.core.plan.Roster.Squad;
import java.time.Instant;
import java.util.List;

/** How many replicas a model may have on a tier now: the tier's limit, and less where the tier has nothing to give. */
final class Room {

    /** What a tier may be asked for. */
    private enum Door {
        /** As many as its limit leaves. */
        OPEN,
        /** One more, to see whether it has something again. */
        PROBED,
        /** No more than what has a node or an order under way. */
        BENCHED,
        /** No more than was asked for: what is declared cannot start, there or elsewhere. */
        FROZEN,
        /** No more than what serves. */
        SHUT
    }

    private final ModelState model;
    private final Roster roster;
    private final ModelMemory memory;
    private final EngineTrouble trouble;
    private final FleetLimits fleet;
    private final Instant now;

    Room(ModelState model, Roster roster, ModelMemory memory, EngineTrouble trouble, FleetLimits fleet, Instant now) {
        this.model = model;
        this.roster = roster;
        this.memory = memory;
        this.trouble = trouble;
        this.fleet = fleet;
        this.now = now;
    }

    /** The most replicas there may be on a tier. */
    int most(TierOption option) {
        Squad squad = roster.on(option.name());
        int most = switch (door(option.name())) {
            case OPEN -> Integer.MAX_VALUE;
            case PROBED -> placed(squad) + (fleet.mayProbe(model.key(), option.name()) ? 1 : 0);
            case BENCHED -> placed(squad);
            case FROZEN -> squad.committed();
            case SHUT -> squad.serving().size();
        };
        return Math.min(most, limit(option));
    }

    /** The candidates; when no more can be had anywhere, what was asked for stays asked for. */
    List<Candidate> keepAsking(List<Candidate> candidates) {
        boolean elsewhere = candidates.stream()
                .anyMatch(candidate -> door(candidate.name()) != Door.BENCHED
                        && candidate.maxReplicas() > roster.on(candidate.name()).committed());
        return elsewhere ? candidates : candidates.stream().map(this::asking).toList();
    }

    /** The candidates, if tiers that may be asked again after a stock-out have as much as is wanted of them. */
    List<Candidate> hopeful(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> door(candidate.name()) == Door.PROBED && fleet.mayProbe(model.key(), candidate.name())
                        ? candidate.withMost(limit(candidate.option()))
                        : candidate)
                .toList();
    }

    private Candidate asking(Candidate candidate) {
        int asked = Math.min(roster.on(candidate.name()).committed(), limit(candidate.option()));
        return door(candidate.name()) == Door.BENCHED && asked > candidate.maxReplicas()
                ? candidate.withMost(asked)
                : candidate;
    }

    private Door door(TierName tier) {
        StockOuts stockOuts = fleet.stockOuts();
        String namespace = model.key().namespace();
        Instant avoidedUntil = memory.avoided().get(tier);
        boolean avoided = avoidedUntil != null && now.isBefore(avoidedUntil);
        if (avoided || trouble.on(tier).isPresent()) {
            return Door.SHUT;
        } else if (stockOuts.bench(namespace, tier, now).isPresent()) {
            return Door.BENCHED;
        } else if (trouble.isEverywhere()) {
            return Door.FROZEN;
        }
        return stockOuts.probes(namespace, tier, now) ? Door.PROBED : Door.OPEN;
    }

    private int limit(TierOption option) {
        Squad squad = roster.on(option.name());
        return fleet.most(option, squad.committed() + squad.draining().size());
    }

    /** Replicas that have a node, or for which one was ordered. */
    private int placed(Squad squad) {
        return squad.serving().size()
                + squad.draining().size()
                + (int) squad.coming().stream()
                        .filter(replica -> replica.phase() != ReplicaPhase.UNSCHEDULED
                                || StockOuts.expected(replica, model.facts(), now))
                        .count();
    }
}
