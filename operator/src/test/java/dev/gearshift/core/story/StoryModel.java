package dev.gearshift.core.story;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.Front;
import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.Histogram;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.ModelState;
import dev.gearshift.core.model.Objectives;
import dev.gearshift.core.model.Plan;
import dev.gearshift.core.model.PodLoad;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ScalingPolicy;
import dev.gearshift.core.model.SchedulingFact;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierLoad;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TokenRate;
import dev.gearshift.core.predict.ReplicaCapacity;
import dev.gearshift.core.predict.ReplicaPrior;
import dev.gearshift.core.predict.TokenMix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** A model of a story: its declaration, its Deployments and pods as Kubernetes would keep them, and the load on it. */
final class StoryModel {

    private static final Comparator<StoryPod> VICTIMS = Comparator.comparing(
                    (StoryPod pod) -> pod.scheduled.isPresent())
            .thenComparing(StoryPod::answers)
            .thenComparing(pod -> !pod.drained)
            .thenComparing(pod -> pod.serving)
            .thenComparing(pod -> pod.created, Comparator.reverseOrder())
            .thenComparing(pod -> pod.name);

    final ModelKey key;
    final List<StoryTier> tiers = new ArrayList<>();
    final SortedSet<TierName> deleted = new TreeSet<>();
    final SortedMap<TierName, String> foreign = new TreeMap<>();
    final List<StoryPod> pods = new ArrayList<>();
    final List<SchedulingFact> facts = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    DeclaredEngine engine = DeclaredEngine.VLLM;
    List<LatencyTarget> targets = List.of();
    Duration window = Duration.ofHours(24);
    Optional<HourlyCost> maxPerHour = Optional.empty();
    Precedence precedence = Precedence.LATENCY;
    ScalingMode mode = ScalingMode.AUTO;
    Spreading spreading = Spreading.EVEN;
    int minReplicas = 1;
    /** For how long nothing must be asked before a model with {@code minReplicas} 0 goes to zero. */
    Duration idleAfter = Duration.ofMinutes(15);
    /** Whether a gateway in front of the replicas tells what is asked. */
    boolean gatewayTells = true;
    /** Why it does not, when it does not. */
    Knocking.Silence silence = Knocking.Silence.UNSEEN;

    int maxReplicas = 20;
    OptionalInt pinned = OptionalInt.empty();
    Duration stabilization = Duration.ZERO;
    Duration grace = Duration.ofMinutes(10);
    Duration requestsTake = Duration.ofSeconds(20);
    Freshness metrics = Freshness.FRESH;
    /** Tokens of every answer; empty when the engine does not tell of lengths. */
    OptionalInt answer = OptionalInt.empty();

    /** Times to first token the engines show on every look; empty when they do not tell. */
    Optional<Histogram> firstTokens = Optional.empty();

    int quota = Integer.MAX_VALUE;
    int generation = 1;
    /** Offered load at a time since the story began, in units of what one replica of the first tier carries. */
    ToDoubleFunction<Duration> demand = time -> 0.5;

    double unserved;
    Optional<Gear> ordered = Optional.empty();
    Optional<Front> front = Optional.empty();
    private int serial;
    private final SortedMap<TierName, Double> capacities = new TreeMap<>();

    StoryModel(String namespace, String name, List<StoryTier> tiers) {
        this.key = new ModelKey(namespace, name);
        this.tiers.addAll(tiers);
    }

    ModelSpec spec() {
        return new ModelSpec(
                key,
                generation,
                tiers.stream()
                        .filter(tier -> !deleted.contains(tier.name()))
                        .map(StoryTier::option)
                        .toList(),
                new Objectives(targets, window, maxPerHour, precedence),
                new ScalingPolicy(
                        mode,
                        minReplicas,
                        maxReplicas,
                        pinned,
                        stabilization,
                        minReplicas == 0
                                ? Optional.of(new ScaleToZero(new DemandSource.Gateway(), idleAfter))
                                : Optional.empty()),
                grace,
                spreading,
                engine,
                deleted);
    }

    /** What one replica carries. */
    double capacity(StoryTier tier) {
        return capacities.computeIfAbsent(
                tier.name(),
                name -> ReplicaCapacity.within(
                                ReplicaPrior.of(tier.option(), Optional.of(tier.kvCapacity())),
                                TokenMix.CHAT,
                                List.of())
                        .rate()
                        .perSecond());
    }

    double offered(Duration time) {
        return tiers.isEmpty() ? 0 : demand.applyAsDouble(time) * capacity(tiers.get(0));
    }

    /** Lets requests arrive, wait, be served and finish. */
    void serve(double offered, Duration step) {
        double seconds = step.toMillis() / 1e3;
        List<StoryPod> targeted = receiving();
        if (targeted.isEmpty()) {
            unserved += offered * seconds;
        }
        double weights = targeted.stream().mapToDouble(this::weight).sum();
        for (StoryPod pod : pods) {
            double arrivals = targeted.contains(pod) ? offered * weight(pod) / weights * seconds : 0;
            double most = pod.answers() ? capacity(pod.tier) * seconds : 0;
            double served = Math.min(most, pod.waiting + arrivals);
            pod.waiting = pod.waiting + arrivals - served;
            boolean busy = arrivals > 0 || pod.waiting > 0;
            pod.sinceBusy = busy ? Duration.ZERO : pod.sinceBusy.plus(step);
            if (!pod.answers()) {
                pod.waiting = 0;
                pod.running = 0;
            } else if (busy) {
                pod.running = Math.max(1, served / seconds * 5);
            } else if (pod.sinceBusy.compareTo(requestsTake) >= 0) {
                pod.running = 0;
            }
            pod.completed += served;
        }
    }

    private double weight(StoryPod pod) {
        return spreading == Spreading.WEIGHTED ? capacity(pod.tier) : 1;
    }

    /** The ready replicas behind the front. */
    List<StoryPod> receiving() {
        Front all = front.orElse(new Front.AllTiers());
        return pods.stream()
                .filter(pod -> pod.answers() && pod.serving && all.includes(pod.tier.name()))
                .toList();
    }

    /** What the ready replicas behind the front carry, spread as declared. */
    double carried() {
        List<StoryPod> targeted = receiving();
        return spreading == Spreading.WEIGHTED
                ? targeted.stream().mapToDouble(pod -> capacity(pod.tier)).sum()
                : targeted.size()
                        * targeted.stream()
                                .mapToDouble(pod -> capacity(pod.tier))
                                .min()
                                .orElse(0);
    }

    ModelState state(double offered) {
        return new ModelState(
                spec(),
                ordered,
                front,
                pods.stream().map(StoryPod::state).toList(),
                facts,
                foreign,
                observation(offered)
                        .knocking(
                                gatewayTells
                                        ? new Knocking.Heard(new RequestRate(offered))
                                        : new Knocking.Unheard(silence, "")));
    }

    private ModelObservation observation(double offered) {
        boolean serves = pods.stream().anyMatch(StoryPod::answers);
        if (!serves || metrics == Freshness.ABSENT) {
            return ModelObservation.ABSENT;
        }
        int receivers = receiving().size();
        SortedMap<TierName, TierLoad> loads = new TreeMap<>();
        SortedMap<String, PodLoad> podLoads = new TreeMap<>();
        for (StoryPod pod : pods) {
            if (pod.answers()) {
                podLoads.put(pod.name, new PodLoad(pod.name, metrics, pod.running, pod.waiting, pod.completed));
            }
        }
        SortedSet<TierName> seen = new TreeSet<>();
        pods.forEach(pod -> seen.add(pod.tier.name()));
        for (TierName tier : seen) {
            List<StoryPod> here = pods.stream()
                    .filter(pod -> pod.tier.name().equals(tier) && pod.answers())
                    .toList();
            long receive = receiving().stream().filter(here::contains).count();
            TierLoad none = TierLoad.absent(tier);
            loads.put(
                    tier,
                    here.isEmpty()
                            ? none
                            : new TierLoad(
                                    tier,
                                    metrics,
                                    new RequestRate(receivers == 0 ? 0 : offered * receive / receivers),
                                    RequestRate.ZERO,
                                    RequestRate.ZERO,
                                    TokenRate.ZERO,
                                    TokenRate.ZERO,
                                    here.stream()
                                            .mapToDouble(pod -> pod.running)
                                            .sum(),
                                    here.stream()
                                            .mapToDouble(pod -> pod.waiting)
                                            .sum(),
                                    firstTokens,
                                    Optional.empty(),
                                    Optional.empty(),
                                    lengths(1000),
                                    answer.isPresent() ? lengths(answer.getAsInt()) : Optional.empty(),
                                    Optional.of(here.get(0).tier.kvCapacity())));
        }
        Duration age = metrics.compareTo(Freshness.PARTIAL) <= 0 ? Duration.ofSeconds(5) : Duration.ofMinutes(2);
        return new ModelObservation(metrics, Optional.of(age), List.copyOf(loads.values()), podLoads);
    }

    /** What an engine shows after 200 requests of one length, where it tells of lengths. */
    private Optional<Histogram> lengths(int tokens) {
        double[] bounds = {tokens / 2.0, tokens, Double.POSITIVE_INFINITY};
        return answer.isPresent()
                ? Optional.of(new Histogram(bounds, new double[] {0, 200, 0}, 200.0 * tokens))
                : Optional.empty();
    }

    /** Carries a plan out as Kubernetes would. */
    void apply(Plan plan, Instant now, SortedMap<TierName, StoryTier> known) {
        for (StoryPod pod : pods) {
            pod.drained = plan.drained().contains(pod.name);
            pod.serving = !pod.drained && !plan.draining().contains(pod.name);
        }
        ordered = Optional.of(plan.gear());
        front = Optional.of(plan.front());
        replicaSets(now, known);
    }

    /** What ReplicaSets do: as many pods as ordered, the least worthy go first. */
    void replicaSets(Instant now, SortedMap<TierName, StoryTier> known) {
        if (ordered.isEmpty()) {
            return;
        }
        for (StoryTier tier : known.values()) {
            List<StoryPod> here = new ArrayList<>(pods.stream()
                    .filter(pod -> pod.tier == tier && !pod.terminating)
                    .sorted(VICTIMS)
                    .toList());
            int want = ordered.get().on(tier.name());
            for (int i = here.size(); i < want; i++) {
                if (pods.stream().filter(pod -> !pod.terminating).count() >= quota) {
                    facts.add(
                            new SchedulingFact(SchedulingFact.Kind.QUOTA_EXCEEDED, tier.name(), Optional.empty(), now));
                    break;
                }
                serial++;
                pods.add(new StoryPod("%s-%s-%03d".formatted(key.name(), tier.name(), serial), tier, now));
            }
            for (StoryPod victim : here.subList(0, Math.max(0, here.size() - want))) {
                if (victim.answers() && !victim.drained) {
                    violations.add(now + ": " + victim.name + " was killed while "
                            + (victim.serving ? "it served" : "it drained"));
                }
                victim.terminating = true;
            }
        }
    }
}
