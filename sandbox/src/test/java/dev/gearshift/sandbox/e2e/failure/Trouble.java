package dev.gearshift.sandbox.e2e.failure;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.Reason;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.cluster.Disturbances;
import dev.gearshift.sandbox.cluster.Pods;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.sandbox.traffic.TrafficAccount;
import dev.gearshift.simulate.FailureCause;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A model under steady traffic, run by the operator in a sandbox in which things go wrong at minutes of the story. */
final class Trouble implements AutoCloseable {

    static final String NAMESPACE = "assistants";
    static final String NAME = "chat";

    private static final Duration STRIDE = Duration.ofSeconds(5);
    private static final int SEED = 11;
    private static final int PROMPT = 500;
    private static final int ANSWER = 200;

    /** What a tier costs an hour; all but h100 are equally fast. */
    private static final Map<String, String> PRICES =
            Map.of("l4-spot", "0.40", "l4", "0.80", "l4-reserve", "1.20", "h100", "6.90");

    final Sandbox sandbox;
    final World world;
    private final List<String> tiers;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<TrafficAccount> accounts = new ArrayList<>();
    private final List<SimulatedRequest> requests = new ArrayList<>();
    private final List<Runnable> watchers = new ArrayList<>();

    /** A cluster with these tiers, and no model yet. */
    Trouble(String... tiers) {
        this.tiers = List.of(tiers);
        List<HardwareTier> hardware = this.tiers.stream().map(Trouble::tier).toList();
        sandbox = new Sandbox(SEED, hardware, options -> options);
        world = sandbox.world();
        sandbox.apply(object("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}".formatted(NAMESPACE)));
        hardware.forEach(sandbox::apply);
        startOperator();
    }

    private static HardwareTier tier(String name) {
        boolean large = name.equals("h100");
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: gearshift.dev/v1alpha1
                        kind: HardwareTier
                        metadata: {name: %s}
                        spec:
                          accelerator: {product: %s, memoryGiB: %s}
                          acceleratorsPerNode: 1
                          nodeSelector: {pool: %s}
                          capacityType: %s
                          price: {perAcceleratorHour: "%s"}
                          limit: 8
                        """.formatted(
                                        name,
                                        large ? "NVIDIA-H100-80GB-HBM3" : "NVIDIA-L4",
                                        large ? "79.6" : "22.5",
                                        name,
                                        name.endsWith("spot") ? "Spot" : "OnDemand",
                                        PRICES.get(name)),
                        HardwareTier.class);
    }

    private static GenericKubernetesResource object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    }

    /** Applies the model, on every tier there is unless told otherwise. */
    Trouble declare() {
        return declare("v1", "10m", tiers);
    }

    /** Applies the model with an image, a time its replicas have to finish, and tiers. */
    Trouble declare(String image, String grace, List<String> used) {
        sandbox.apply(object("""
                apiVersion: gearshift.dev/v1alpha1
                kind: ModelDeployment
                metadata: {name: %s, namespace: %s}
                spec:
                  model: {name: meta-llama/Llama-3.1-8B-Instruct, precision: FP8}
                  tiers: [%s]
                  slo:
                    latency:
                      timeToFirstToken: {target: 2500ms}
                      timePerOutputToken: {target: 150ms}
                  scaling: {minReplicas: 1, maxReplicas: 12}
                  drain: {gracePeriod: %s}
                  template:
                    spec:
                      containers:
                      - name: engine
                        image: example.com/engine:%s
                        args: [--max-model-len=8192, --max-num-seqs=256, --max-num-batched-tokens=2048]
                """.formatted(
                        NAME,
                        NAMESPACE,
                        used.stream().map(tier -> "{name: " + tier + "}").collect(Collectors.joining(", ")),
                        grace,
                        image)));
        return this;
    }

    /** Starts an operator, or another one that remembers nothing. */
    Trouble startOperator() {
        sandbox.startOperator(List.of(this::decided));
        return this;
    }

    private void decided(Outcome outcome, Instant now) {
        decisions.addAll(outcome.decisions());
    }

    /** So many minutes since the story began. */
    static Duration minute(double minutes) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    /** Sends so many requests a second, evenly, from a minute to a minute. */
    Trouble requests(double perSecond, double from, double to) {
        return requests(perSecond, from, to, ANSWER);
    }

    /** Sends requests with an answer of so many tokens. All requests are to be entered before time passes. */
    Trouble requests(double perSecond, double from, double to, int answer) {
        for (int i = 0; ; i++) {
            Duration at = minute(from).plusMillis(Math.round(i * 1000 / perSecond));
            if (at.compareTo(minute(to)) >= 0) {
                return this;
            }
            requests.add(new SimulatedRequest(requests.size(), at, PROMPT, answer));
        }
    }

    /** Looks at something every five seconds from now on. */
    Trouble always(Runnable look) {
        watchers.add(look);
        return this;
    }

    /** Lets the story go on until a minute of it. */
    Trouble until(double minutes) {
        if (!requests.isEmpty()) {
            requests.sort(Comparator.comparing(SimulatedRequest::arrival));
            Duration last = requests.get(requests.size() - 1).arrival();
            accounts.add(world.play(new Traffic(NAMESPACE, NAME, new Workload(requests, last), new Seed(SEED)))
                    .account());
            requests.clear();
        }
        Duration end = minute(minutes);
        while (world.age().compareTo(end) < 0) {
            Duration left = end.minus(world.age());
            world.advance(left.compareTo(STRIDE) < 0 ? left : STRIDE);
            watchers.forEach(Runnable::run);
        }
        return this;
    }

    /** Lets the story go on until a decision gives a reason, at the latest until a minute of it. */
    Trouble untilDecided(ReasonKind kind, double latest) {
        double from = minutes();
        while (minuteOf(kind, from) > latest && minutes() < latest) {
            until(Math.min(latest, minutes() + 1.0 / 12));
        }
        return this;
    }

    /** The minute it is. */
    double minutes() {
        return world.age().toMillis() / 60_000.0;
    }

    /** What can go wrong. */
    Disturbances disturbances() {
        return world.disturbances();
    }

    // What is asked of a story:

    long failed() {
        return accounts.stream().mapToLong(TrafficAccount::failed).sum();
    }

    SortedMap<FailureCause, Long> failedByCause() {
        SortedMap<FailureCause, Long> causes = new TreeMap<>();
        accounts.forEach(
                account -> account.failedByCause().forEach((cause, count) -> causes.merge(cause, count, Long::sum)));
        return causes;
    }

    long unfinished() {
        return accounts.stream().mapToLong(TrafficAccount::unfinished).sum();
    }

    /** The pods behind the front Service. */
    List<Pod> endpoints() {
        return world.endpoints().of(NAMESPACE, NAME);
    }

    /** Ready pods behind the front Service, by tier. */
    SortedMap<String, Integer> serving() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        endpoints().forEach(pod -> counts.merge(Pods.tier(pod).orElseThrow(), 1, Integer::sum));
        return counts;
    }

    /** Names of the pods that match. */
    List<String> pods(Predicate<Pod> which) {
        return world.cluster().pods().stream()
                .filter(which)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** What Deployments ask for, by tier. */
    SortedMap<String, Integer> ordered() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        world.cluster()
                .list(Deployment.class)
                .forEach(deployment -> counts.put(
                        deployment.getMetadata().getLabels().get(Pods.TIER_LABEL),
                        deployment.getSpec().getReplicas()));
        return counts;
    }

    Condition condition(String type) {
        return Objects.requireNonNull(
                        sandbox.model(NAMESPACE, NAME).orElseThrow().getStatus().conditions())
                .stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseThrow();
    }

    /** Decisions from a minute on. */
    List<Decision> decisions(double fromMinute) {
        return decisions.stream()
                .filter(decision -> minuteOf(decision) >= fromMinute)
                .toList();
    }

    double minuteOf(Decision decision) {
        return Duration.between(world.now().minus(world.age()), decision.time()).toMillis() / 60_000.0;
    }

    /** The minute at which a reason was first given, from a minute on; infinite when it never was. */
    double minuteOf(ReasonKind kind, double fromMinute) {
        return decisions(fromMinute).stream()
                .filter(decision -> decision.because(kind))
                .mapToDouble(this::minuteOf)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The story for people: what happened in the cluster, and every decision that says something else than the one before. */
    String log() {
        SortedMap<Instant, List<String>> lines = new TreeMap<>();
        world.log().lines().forEach(line -> {
            int end = line.indexOf(' ');
            lines.computeIfAbsent(Instant.parse(line.substring(0, end)), any -> new ArrayList<>())
                    .add(line.substring(end + 1));
        });
        String last = "";
        for (Decision decision : decisions) {
            String told = "order " + decision.plan().gear() + " of " + decision.target() + ", "
                    + decision.reasons().stream()
                            .map(Reason::kind)
                            .map(ReasonKind::name)
                            .collect(Collectors.joining(" "));
            if (!told.equals(last)) {
                lines.computeIfAbsent(decision.time(), any -> new ArrayList<>())
                        .add(told
                                + decision.reasons().stream()
                                        .map(reason -> "\n               " + ReasonText.of(reason))
                                        .collect(Collectors.joining()));
                last = told;
            }
        }
        StringBuilder text = new StringBuilder("\n");
        lines.forEach((at, said) -> said.forEach(line -> text.append("%7.2f "
                        .formatted(Duration.between(world.now().minus(world.age()), at)
                                        .toMillis()
                                / 60_000.0))
                .append(line)
                .append('\n')));
        return text + "failed " + failed() + ", unfinished " + unfinished() + ", serving " + serving() + ", ordered "
                + ordered();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
