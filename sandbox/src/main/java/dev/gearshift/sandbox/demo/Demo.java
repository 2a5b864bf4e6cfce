package dev.gearshift.sandbox.demo;

import dev.gearshift.core.Outcome;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencyTarget;
import dev.gearshift.core.model.ModelSpec;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.ReplicaPhase;
import dev.gearshift.sandbox.Sandbox;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.simulate.StaticPeak;
import dev.gearshift.simulate.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays a demo from its manifests to its report. */
final class Demo {

    /** When the demo's traffic begins, where everything is ready by then. */
    private static final Duration BEGIN = Duration.ofMinutes(15);

    /** Traffic begins when every model has a replica; longer than this it is not waited for. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(20);

    private static final int CENTS_OF_CENTS = 4;

    private final DemoOptions options;
    private final DemoView view;
    private final BooleanSupplier stopped;
    private final DecisionTally tally = new DecisionTally();
    private final List<ModelRun> runs = new ArrayList<>();
    private final DemoStage stage;
    private Duration duration = Duration.ZERO;
    private Pace pace = new Pace(Optional.empty());
    private double readySeconds;

    /**
     * A demo.
     *
     * @param options what is played
     * @param view where it is watched
     * @param stopped whether somebody asked to stop
     */
    Demo(DemoOptions options, DemoView view, BooleanSupplier stopped) {
        this.options = options;
        this.view = view;
        this.stopped = stopped;
        this.stage = DemoStage.of(options);
    }

    /**
     * Plays it to its end.
     *
     * @return what came of it; empty when it was stopped before
     * @throws DemoFailure when it cannot be played
     */
    Optional<DemoReport> play() {
        DemoManifests manifests = DemoManifests.read(options.manifests());
        for (ModelSpec model : manifests.models()) {
            runs.add(new ModelRun(model, DemoTraffic.of(options, stage.scenario(), runs.size())));
        }
        duration = runs.stream()
                .map(run -> run.workload().duration())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        CompletableFuture<List<Optional<StaticPeak>>> peaks = CompletableFuture.supplyAsync(this::staticPeaks);
        try (stage;
                Sandbox sandbox = stage.open(options.seed(), manifests.tiers())) {
            pace = new Pace(stage.speed());
            sandbox.startOperator(stage.operator(), List.of(this::decided));
            manifests.apply(sandbox);
            World world = sandbox.world();
            if (!awaitReplicas(world) || (options.trace().isPresent() && !leadIn(world))) {
                return Optional.empty();
            }
            Duration begin = world.age();
            runs.forEach(run -> run.plays(world.play(traffic(run, run.workload().delayedBy(begin)))));
            if (options.trace().isEmpty()) {
                stage.scenario()
                        .enter(
                                world.disturbances(),
                                runs.stream().map(ModelRun::spec).toList(),
                                begin,
                                duration);
            }
            readySeconds = 0;
            return pass(world, duration, begin) ? Optional.of(report(world, peaks.join())) : Optional.empty();
        }
    }

    private List<Optional<StaticPeak>> staticPeaks() {
        return runs.stream()
                .map(run -> StaticPeak.find(
                        run.workload(),
                        run.spec().objectives().latency(),
                        run.spec().tiers(),
                        options.seed()))
                .toList();
    }

    /** Waits for a first replica of every model; the answer is whether nobody asked to stop. */
    private boolean awaitReplicas(World world) {
        view.tell(world.now(), "manifests applied; the first replicas are awaited");
        while (runs.stream()
                .anyMatch(run -> world.endpoints()
                        .of(run.spec().key().namespace(), run.spec().key().name())
                        .isEmpty())) {
            if (world.age().compareTo(START_PATIENCE) > 0) {
                throw new DemoFailure("no replica became ready within " + START_PATIENCE.toMinutes()
                        + " minutes; what was decided last: "
                        + tally.lastMessage().orElse("nothing"));
            }
            if (!pass(world, stage.stride(), world.age().plus(stage.stride()))) {
                return false;
            }
        }
        return true;
    }

    /** Has traffic grow to the rate it begins with; the answer is whether nobody asked to stop. */
    private boolean leadIn(World world) {
        Duration ready = world.age();
        Duration left = BEGIN.minus(ready);
        Duration length = left.compareTo(LeadIn.SHORTEST) > 0 ? left : LeadIn.SHORTEST;
        Seed seed = new Seed(options.seed()).of("lead-in");
        runs.forEach(run ->
                world.play(traffic(run, LeadIn.of(run.workload(), length, seed).delayedBy(ready))));
        view.tell(
                world.now(),
                "every model has a replica; traffic grows for " + length.toMinutes()
                        + " minutes before requests are counted");
        boolean passed = pass(world, length, ready.plus(length));
        view.tell(world.now(), "from now on requests are counted");
        return passed;
    }

    /**
     * Lets time pass; the answer is whether nobody asked to stop.
     *
     * @param begin the age of the world at which the traffic that counts begins
     */
    private boolean pass(World world, Duration time, Duration begin) {
        Instant end = world.now().plus(time);
        while (world.now().isBefore(end)) {
            Duration left = Duration.between(world.now(), end);
            Duration step = left.compareTo(stage.stride()) < 0 ? left : stage.stride();
            advance(world, step);
            Duration played = world.age().minus(begin);
            show(world, played.isNegative() ? Duration.ZERO : played);
            pace.after(step);
            if (stopped.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private Traffic traffic(ModelRun run, Workload workload) {
        return new Traffic(run.spec().key().namespace(), run.spec().key().name(), workload, new Seed(options.seed()));
    }

    private void advance(World world, Duration step) {
        int told = world.log().size();
        world.advance(step);
        stage.stepped(world);
        readySeconds += ready(world) * step.toMillis() / 1e3;
        runs.forEach(run -> run.count(world.age()));
        world.log().from(told).stream()
                .filter(DemoEvents::isWorthTelling)
                .forEach(line -> view.tell(world.now(), DemoEvents.told(line)));
    }

    private static int ready(World world) {
        return world.replicas().values().stream()
                .mapToInt(phases -> phases.getOrDefault(ReplicaPhase.READY, 0))
                .sum();
    }

    private void decided(Outcome outcome, Instant now) {
        outcome.decisions().forEach(decision -> tally.add(decision).ifPresent(what -> view.tell(now, what)));
    }

    private void show(World world, Duration played) {
        view.show(new DemoFrame(
                world.now(),
                played,
                duration,
                runs.stream()
                        .map(run -> run.frame(tally.newest(run.spec().key())))
                        .toList(),
                world.ledger().rate(world.now()),
                world.ledger().cost(world.now()),
                stage.prometheus()));
    }

    private DemoReport report(World world, List<Optional<StaticPeak>> peaks) {
        SortedMap<String, Long> failed = new TreeMap<>();
        runs.stream()
                .flatMap(run -> run.account().stream())
                .forEach(account -> account.failedByCause()
                        .forEach((cause, count) -> failed.merge(cause.name(), count, Long::sum)));
        boolean known = peaks.stream().allMatch(Optional::isPresent);
        List<StaticPeak> all = peaks.stream().flatMap(Optional::stream).toList();
        return new DemoReport(
                options.seed(),
                duration.toSeconds(),
                runs.stream().mapToLong(run -> run.attainment().arrived()).sum(),
                runs.stream().mapToLong(run -> run.attainment().failed()).sum(),
                failed,
                runs.stream().mapToLong(run -> run.attainment().unfinished()).sum(),
                new DemoReport.Attained(
                        attained(LatencyObjective.TIME_TO_FIRST_TOKEN),
                        attained(LatencyObjective.TIME_PER_OUTPUT_TOKEN),
                        attained(LatencyObjective.END_TO_END)),
                dollars(world.ledger().cost(world.now())),
                known ? dollars(all.stream().map(StaticPeak::cost).reduce(Money.ZERO, Money::plus)) : null,
                known
                        ? new DemoReport.Peak(
                                all.stream()
                                        .map(peak -> peak.tier().value())
                                        .collect(Collectors.toCollection(TreeSet::new))
                                        .stream()
                                        .collect(Collectors.joining("+")),
                                all.stream().mapToInt(StaticPeak::replicas).sum())
                        : null,
                BigDecimal.valueOf(readySeconds / duration.toSeconds()).setScale(2, RoundingMode.HALF_EVEN),
                tally.scaleUps(),
                tally.scaleDowns(),
                tally.shifts(),
                stage.prometheus().orElse(null),
                tally.entries());
    }

    /** The share of all arrived requests that met the targets of an objective; null where no model has one. */
    private @Nullable Double attained(LatencyObjective objective) {
        double met = 0;
        long arrived = 0;
        boolean any = false;
        for (ModelRun run : runs) {
            for (LatencyTarget target : run.spec().objectives().latency()) {
                if (target.objective() == objective) {
                    any = true;
                    met += run.attainment().share(target).value()
                            * run.attainment().arrived();
                    arrived += run.attainment().arrived();
                }
            }
        }
        return any
                ? BigDecimal.valueOf(arrived == 0 ? 1 : met / arrived)
                        .setScale(CENTS_OF_CENTS, RoundingMode.HALF_EVEN)
                        .doubleValue()
                : null;
    }

    private static BigDecimal dollars(Money money) {
        return money.dollars().setScale(CENTS_OF_CENTS, RoundingMode.HALF_EVEN);
    }
}
