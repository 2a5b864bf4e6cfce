package dev.gearshift.core.guard;

import dev.gearshift.core.model.Count;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.core.model.ReplicaState;
import dev.gearshift.core.model.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replicas on their way out. One is finished when, out of the Services, it was seen twice in a row with neither running nor
 * waiting requests, or when its grace period is over. A replica found out of the Services is on its way out, whoever began
 * it: so a restarted operator carries on.
 *
 * @param pods drains by the replica's name
 */
public record Drains(SortedMap<String, Drain> pods) {

    /** Looks without work after which a replica is taken for finished: one could fall between two requests. */
    public static final int LOOKS = 2;

    /** Nothing drains. */
    public static final Drains NONE = new Drains(new TreeMap<>());

    /**
     * One replica's way out.
     *
     * @param since when it was taken out of service
     * @param idleLooks how often in a row it was seen without work
     * @param finished whether it may go
     */
    public record Drain(Instant since, int idleLooks, boolean finished) {}

    /**
     * Drains and what happened to them.
     *
     * @param drains the drains
     * @param reasons replicas that finished, or did not in time
     */
    public record Looked(Drains drains, List<Reason> reasons) {}

    public Drains {
        pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
    }

    /** Replicas still finishing. */
    public SortedSet<String> unfinished() {
        return select(false);
    }

    /** Replicas that may go. */
    public SortedSet<String> finished() {
        return select(true);
    }

    /** Whether a replica is on its way out. */
    public boolean contains(String pod) {
        return pods.containsKey(pod);
    }

    /** These drains and one more. */
    public Drains with(String pod, Instant now) {
        SortedMap<String, Drain> next = new TreeMap<>(pods);
        next.putIfAbsent(pod, new Drain(now, 0, false));
        return new Drains(next);
    }

    /** These drains without one: it is wanted again. */
    public Drains without(String pod) {
        SortedMap<String, Drain> next = new TreeMap<>(pods);
        next.remove(pod);
        return new Drains(next);
    }

    /** What is known after one more look at a model. */
    public Looked after(ModelState model, Instant now) {
        SortedMap<String, Drain> next = new TreeMap<>();
        List<Reason> reasons = new ArrayList<>();
        for (ReplicaState replica : model.replicas()) {
            boolean leaving = replica.isReady() && !replica.serving();
            Drain known = pods.get(replica.name());
            if (replica.phase() == ReplicaPhase.TERMINATING || (known == null && !leaving)) {
                continue;
            }
            Drain drain = known == null ? new Drain(now, 0, false) : known;
            next.put(replica.name(), look(replica, drain, model, now, reasons));
        }
        return new Looked(new Drains(next), reasons);
    }

    private static Drain look(ReplicaState replica, Drain drain, ModelState model, Instant now, List<Reason> reasons) {
        if (drain.finished()) {
            return drain;
        }
        Optional<PodLoad> load = Optional.ofNullable(model.observation().pods().get(replica.name()));
        boolean idle = !replica.serving() && load.filter(PodLoad::isIdle).isPresent();
        int looks = idle ? drain.idleLooks() + 1 : 0;
        boolean mute = !replica.isReady()
                && load.filter(seen -> seen.freshness() == Freshness.FRESH && !seen.isIdle())
                        .isEmpty();
        if (looks >= LOOKS || mute) {
            reasons.add(Reason.of(ReasonKind.DRAINED).on(replica.tier()).about(replica.name()));
            return new Drain(drain.since(), looks, true);
        }
        Duration grace = model.spec().drainGrace();
        if (Duration.between(drain.since(), now).compareTo(grace) >= 0) {
            reasons.add(Reason.of(ReasonKind.DRAIN_EXPIRED)
                    .on(replica.tier())
                    .about(replica.name())
                    .observed(new Count(load.map(Drains::requests).orElse(0L)))
                    .limit(Seconds.of(grace)));
            return new Drain(drain.since(), looks, true);
        }
        return new Drain(drain.since(), looks, false);
    }

    private static long requests(PodLoad load) {
        return Math.round(load.running() + load.waiting());
    }

    private SortedSet<String> select(boolean finished) {
        SortedSet<String> names = new TreeSet<>();
        pods.forEach((pod, drain) -> {
            if (drain.finished() == finished) {
                names.add(pod);
            }
        });
        return Collections.unmodifiableSortedSet(names);
    }
}
