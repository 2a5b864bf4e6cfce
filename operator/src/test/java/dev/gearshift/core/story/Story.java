package dev.gearshift.core.story;

import dev.gearshift.core.Autoscaler;
import dev.gearshift.core.FleetMemory;
import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.SchedulingFact;
import dev.gearshift.core.model.SchedulingFact.Kind;
import dev.gearshift.core.model.Snapshot;
import dev.gearshift.core.model.TierName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A small cluster on a virtual clock, planned for every {@link #TICK}: pods find nodes and start as their tier lets them, plans
 * are carried out as Kubernetes would, and every decision is kept. {@link #log()} tells the story for a failure's message.
 */
final class Story {

    static final Duration TICK = Duration.ofSeconds(15);
    static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration REACTION = Duration.ofSeconds(10);

    /**
     * One planning interval.
     *
     * @param carried what the ready replicas behind the front carried when it began, by model
     * @param offered what was asked, by model
     */
    record Moment(
            Instant time,
            Snapshot snapshot,
            FleetMemory before,
            Outcome outcome,
            SortedMap<ModelKey, Double> carried,
            SortedMap<ModelKey, Double> offered) {

        Decision decision(ModelKey key) {
            return outcome.decisions().stream()
                    .filter(decision -> decision.model().equals(key))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Event(Instant at, Runnable what) {}

    final SortedMap<TierName, StoryTier> tiers = new TreeMap<>();
    final List<StoryModel> models = new ArrayList<>();
    final List<Moment> moments = new ArrayList<>();
    private final List<Event> script = new ArrayList<>();
    private final Autoscaler autoscaler = new Autoscaler();
    private FleetMemory memory = FleetMemory.EMPTY;
    private Instant now = BEGIN;
    private int nodes;

    /** A story with one model, {@code chat}, that may run on all these tiers. */
    static Story of(StoryTier... tiers) {
        Story story = new Story();
        for (StoryTier tier : tiers) {
            story.tiers.put(tier.name(), tier);
        }
        story.models.add(new StoryModel("assistants", "chat", List.of(tiers)));
        return story;
    }

    StoryModel chat() {
        return models.get(0);
    }

    StoryTier tier(String name) {
        return Optional.ofNullable(tiers.get(new TierName(name))).orElseThrow();
    }

    /** Lets something happen at a minute of the story. */
    Story at(double minute, Runnable what) {
        script.add(new Event(BEGIN.plusMillis(Math.round(minute * 60_000)), what));
        return this;
    }

    /** Lets the story go on until a minute of it. */
    Story until(double minute) {
        Instant end = BEGIN.plusMillis(Math.round(minute * 60_000));
        while (now.isBefore(end)) {
            tick();
        }
        return this;
    }

    /** Takes everything remembered away, as a restart does. */
    void forget() {
        memory = FleetMemory.EMPTY;
    }

    /** Takes the node of a replica away. */
    void lose(StoryPod pod) {
        models.stream()
                .flatMap(model -> model.pods.stream())
                .filter(other -> other == pod || (pod.node.isPresent() && other.node.equals(pod.node)))
                .forEach(other -> other.terminating = true);
        models.forEach(model -> model.replicaSets(now, tiers));
    }

    private void tick() {
        script.stream()
                .filter(event -> !event.at().isAfter(now)
                        && (event.at().isAfter(now.minus(TICK))
                                || (now.equals(BEGIN) && event.at().equals(BEGIN))))
                .forEach(event -> event.what().run());
        Duration time = Duration.between(BEGIN, now);
        SortedMap<ModelKey, Double> carried = new TreeMap<>();
        SortedMap<ModelKey, Double> offered = new TreeMap<>();
        for (StoryModel model : models) {
            model.pods.forEach(pod -> live(model, pod));
            model.facts.removeIf(fact -> fact.at().isBefore(now.minus(Duration.ofHours(1))));
            offered.put(model.key, model.offered(time));
            carried.put(model.key, model.carried());
            model.serve(model.offered(time), TICK);
        }
        Snapshot snapshot = snapshot(time);
        Outcome outcome = autoscaler.decide(snapshot, memory);
        moments.add(new Moment(now, snapshot, memory, outcome, carried, offered));
        memory = outcome.memory();
        for (StoryModel model : models) {
            model.pods.removeIf(pod -> pod.terminating);
            outcome.decisions().stream()
                    .filter(decision -> decision.model().equals(model.key))
                    .forEach(decision -> model.apply(decision.plan(), now, tiers));
        }
        now = now.plus(TICK);
    }

    private Snapshot snapshot(Duration time) {
        return new Snapshot(
                now,
                tiers.values().stream()
                        .filter(tier -> models.stream().noneMatch(model -> model.deleted.contains(tier.name())))
                        .map(StoryTier::tier)
                        .toList(),
                models.stream().map(model -> model.state(model.offered(time))).toList());
    }

    private void live(StoryModel model, StoryPod pod) {
        if (pod.terminating) {
            return;
        }
        if (pod.scheduled.isEmpty()) {
            findNode(model, pod);
        }
        if (pod.scheduled.isPresent() && pod.ready.isEmpty()) {
            start(pod);
        }
    }

    private void findNode(StoryModel model, StoryPod pod) {
        StoryTier tier = pod.tier;
        Optional<String> free = freeNode(tier);
        if (free.isPresent()) {
            place(pod, free.get());
            return;
        }
        say(model, Kind.FAILED_SCHEDULING, pod, pod.created.plusSeconds(1));
        if (now.isBefore(pod.created.plus(REACTION))) {
            return;
        }
        switch (tier.stock) {
            case SILENT -> {}
            case REFUSED -> {
                pod.nodeOrdered = Optional.empty();
                say(model, Kind.SCALE_UP_REFUSED, pod, now);
            }
            case AVAILABLE, OVERDUE -> {
                if (pod.nodeOrdered.isEmpty()) {
                    Instant at = now.minus(TICK.minus(REACTION));
                    pod.nodeOrdered = Optional.of(at);
                    say(model, Kind.SCALE_UP_TRIGGERED, pod, at);
                }
                boolean come = !pod.nodeOrdered.get().plus(tier.provisioning).isAfter(now);
                if (come && tier.stock == StoryTier.Stock.AVAILABLE) {
                    nodes++;
                    place(pod, "%s-node-%03d".formatted(tier.name(), nodes));
                }
            }
        }
    }

    private void place(StoryPod pod, String node) {
        pod.scheduled = Optional.of(now);
        pod.node = Optional.of(node);
    }

    private Optional<String> freeNode(StoryTier tier) {
        SortedMap<String, Long> used = models.stream()
                .flatMap(model -> model.pods.stream())
                .filter(pod -> pod.tier == tier && !pod.terminating && !pod.nodeLeaving)
                .flatMap(pod -> pod.node.stream())
                .collect(Collectors.groupingBy(node -> node, TreeMap::new, Collectors.counting()));
        return used.entrySet().stream()
                .filter(entry -> entry.getValue() < tier.perNode())
                .map(entry -> entry.getKey())
                .findFirst();
    }

    private void start(StoryPod pod) {
        Duration since = Duration.between(pod.scheduled.orElseThrow(), now);
        switch (pod.tier.engine) {
            case RUNS -> {
                pod.failure = Optional.empty();
                if (since.compareTo(pod.tier.startUp) >= 0) {
                    pod.ready = Optional.of(now);
                }
            }
            case CRASHES -> {
                if (since.compareTo(Duration.ofSeconds(30)) >= 0) {
                    pod.failure = Optional.of("CrashLoopBackOff");
                    pod.restarts = (int) (since.toSeconds() / 30);
                }
            }
            case IMAGE_MISSING -> pod.failure = Optional.of("ImagePullBackOff");
            case SECRET_MISSING -> pod.failure = Optional.of("CreateContainerConfigError");
            case CANNOT_BE_MADE -> pod.failure = Optional.of("CreateContainerError");
        }
    }

    private static void say(StoryModel model, Kind kind, StoryPod pod, Instant at) {
        model.facts.removeIf(fact -> fact.kind() == kind && fact.pod().equals(Optional.of(pod.name)));
        model.facts.add(new SchedulingFact(kind, pod.tier.name(), Optional.of(pod.name), at));
    }

    // What is asked of a story:

    Moment last() {
        return moments.get(moments.size() - 1);
    }

    Decision decision() {
        return last().decision(chat().key);
    }

    /** Decisions about the first model, from a minute of the story on. */
    List<Decision> decisions(double fromMinute) {
        Instant from = BEGIN.plusMillis(Math.round(fromMinute * 60_000));
        return moments.stream()
                .filter(moment -> !moment.time().isBefore(from))
                .map(moment -> moment.decision(chat().key))
                .toList();
    }

    /** The different gears ordered for the first model, one after the other, from a minute on. */
    List<String> gears(double fromMinute) {
        List<String> gears = new ArrayList<>();
        for (Decision decision : decisions(fromMinute)) {
            String gear = decision.plan().gear().toString();
            if (gears.isEmpty() || !gears.get(gears.size() - 1).equals(gear)) {
                gears.add(gear);
            }
        }
        return gears;
    }

    /** The different fronts of the first model, one after the other. */
    List<String> fronts() {
        List<String> fronts = new ArrayList<>();
        for (Decision decision : decisions(0)) {
            String front = decision.plan().front().toString();
            if (fronts.isEmpty() || !fronts.get(fronts.size() - 1).equals(front)) {
                fronts.add(front);
            }
        }
        return fronts;
    }

    /** The minute at which a reason was first given for the first model, from a minute on; infinite when it never was. */
    double minuteOf(ReasonKind kind, double fromMinute) {
        return decisions(fromMinute).stream()
                .filter(decision -> decision.because(kind))
                .findFirst()
                .map(decision -> minute(decision.time()))
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** How often a reason was given for the first model. */
    long count(ReasonKind kind) {
        return decisions(0).stream()
                .flatMap(decision -> decision.reasons().stream())
                .filter(reason -> reason.kind() == kind)
                .count();
    }

    static double minute(Instant time) {
        return Duration.between(BEGIN, time).toMillis() / 60_000.0;
    }

    /** Ready and serving replicas of the first model. */
    Gear serving() {
        SortedMap<TierName, Integer> counts = new TreeMap<>();
        chat().pods.stream()
                .filter(pod -> pod.answers() && pod.serving)
                .forEach(pod -> counts.merge(pod.tier.name(), 1, Integer::sum));
        return new Gear(counts);
    }

    StoryPod anyServing(String tier) {
        return chat().pods.stream()
                .filter(pod -> pod.answers() && pod.serving && pod.tier == tier(tier))
                .findFirst()
                .orElseThrow();
    }

    /** The story for people: every interval at which anything changed. */
    String log() {
        StringBuilder text = new StringBuilder("\n");
        SortedMap<ModelKey, String> told = new TreeMap<>();
        for (Moment moment : moments) {
            for (Decision decision : moment.outcome().decisions()) {
                String line = line(decision);
                if (!line.equals(told.put(decision.model(), line))) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%6.2f min %s offered %.2f, must carry %.2f, carries %.2f%s%n",
                            minute(moment.time()),
                            models.size() > 1 ? decision.model().name() : "",
                            moment.offered().getOrDefault(decision.model(), 0.0),
                            decision.demand().provisioned().perSecond(),
                            moment.carried().getOrDefault(decision.model(), 0.0),
                            line));
                }
            }
        }
        models.forEach(model ->
                model.violations.forEach(violation -> text.append(violation).append('\n')));
        return text.toString();
    }

    private static String line(Decision decision) {
        String tierLine = decision.tiers().stream()
                .map(tier -> tier.tier() + " " + tier.ready() + " ready, " + tier.starting() + " starting, "
                        + tier.draining() + " draining, " + tier.failing() + " failing")
                .collect(Collectors.joining("; "));
        String reasons = decision.reasons().stream()
                .filter(reason -> reason.kind() != ReasonKind.STEADY)
                .map(Story::sentence)
                .collect(Collectors.joining("\n             "));
        return "\n           order %s of %s, front %s, %s [%s]%s"
                .formatted(
                        decision.plan().gear(),
                        decision.target(),
                        decision.plan().front(),
                        decision.progress(),
                        tierLine,
                        reasons.isEmpty() ? "" : "\n             " + reasons);
    }

    private static String sentence(Reason reason) {
        return reason.kind() + ": " + ReasonText.of(reason);
    }
}
