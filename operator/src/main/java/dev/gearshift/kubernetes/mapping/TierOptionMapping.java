package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierOption;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import dev.gearshift.kubernetes.api.v1alpha1.TierChoice;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tiers a model names, and which of them it can use. */
final class TierOptionMapping {

    static final String TIERS = "spec.tiers";
    static final String NONE_USABLE = "has no tier that can be used";

    /** The share of an accelerator's memory an engine takes; vLLM's own default. */
    private static final double USABLE_MEMORY = 0.9;

    private static final int MOST_PER_REPLICA = 64;
    private static final int MOST_SEQUENCES = 65_536;
    private static final int MOST_BATCHED_TOKENS = 1_048_576;

    private final TierCatalogue catalogue;
    private final Optional<ProfileMapping> profile;
    private final List<String> regions;
    private final Optional<Container> container;
    private final EngineFacts facts;
    private final Problems problems;
    private final SortedMap<TierName, TierOption> options = new TreeMap<>();
    private final SortedMap<TierName, DeploymentBlueprint.OnTier> blueprints = new TreeMap<>();
    private final SortedSet<TierName> named = new TreeSet<>();

    TierOptionMapping(
            TierCatalogue catalogue,
            Optional<ProfileMapping> profile,
            List<String> regions,
            Optional<PodTemplateSpec> template,
            Optional<EngineEndpoint> engine,
            Problems problems) {
        this.catalogue = catalogue;
        this.profile = profile;
        this.regions = regions;
        this.container = template.flatMap(TemplateChecks::engine);
        this.facts = engine.map(EngineEndpoint::facts).orElseGet(() -> EngineFacts.of(Defaults.ENGINE));
        this.problems = problems;
    }

    List<TierOption> options() {
        return List.copyOf(options.values());
    }

    SortedMap<TierName, DeploymentBlueprint.OnTier> blueprints() {
        return blueprints;
    }

    /** Tiers named that cannot be used. */
    SortedSet<TierName> missing() {
        SortedSet<TierName> missing = new TreeSet<>(named);
        missing.removeAll(options.keySet());
        return missing;
    }

    void map(@Nullable List<TierChoice> choices) {
        if (choices == null || choices.isEmpty()) {
            problems.missing(TIERS, "name at least one HardwareTier, such as [{name: l4}]; " + catalogue.usableNames());
            return;
        }
        if (choices.size() > GearshiftApi.MOST_TIERS) {
            problems.refuse(TIERS, "has " + choices.size() + " tiers", "name at most " + GearshiftApi.MOST_TIERS);
        }
        for (int i = 0; i < choices.size(); i++) {
            map(choices.get(i), TIERS + "[" + i + "]");
        }
        if (options.isEmpty() && profile.isPresent() && !problems.anyRefused()) {
            problems.refuse(TIERS, NONE_USABLE, "see the problems of each; " + catalogue.usableNames());
        }
    }

    private void map(TierChoice choice, String path) {
        int perReplica = problems.whole(
                path + ".acceleratorsPerReplica",
                choice.acceleratorsPerReplica(),
                Defaults.ACCELERATORS_PER_REPLICA,
                1,
                MOST_PER_REPLICA);
        Optional<StepCoefficients> measured = measured(choice.performance(), path + ".performance");
        List<String> arguments = choice.args() == null ? List.of() : choice.args();
        EngineArguments engine = EngineArguments.of(container.orElseGet(Container::new), arguments);
        EngineLimits limits = limits(choice, engine, path);
        if (choice.name() == null || choice.name().isBlank()) {
            problems.missing(path + ".name", "write the name of a HardwareTier; " + catalogue.usableNames());
            return;
        }
        TierName name = new TierName(choice.name());
        if (!named.add(name)) {
            problems.refuse(path + ".name", "is \"" + name + "\", which is named before", "name each tier once");
            return;
        }
        Optional<MappedTier.Usable> usable = usable(name, path);
        if (usable.isEmpty() || profile.isEmpty()) {
            return;
        }
        Tier tier = usable.get().tier();
        ModelProfile model = profile.get().with(engine);
        boolean permitted = isPermitted(tier, path);
        boolean fits = fits(tier, perReplica, model, path);
        if (permitted && fits) {
            options.put(name, new TierOption(tier, perReplica, model, limits, measured));
            blueprints.put(
                    name,
                    new DeploymentBlueprint.OnTier(
                            name,
                            tier.accelerator().resource(),
                            perReplica,
                            Optional.ofNullable(choice.image()),
                            arguments,
                            choice.env() == null ? List.of() : choice.env(),
                            usable.get().placement(),
                            tier.region()));
        }
    }

    private Optional<MappedTier.Usable> usable(TierName name, String path) {
        Optional<MappedTier.Usable> usable = catalogue.usable(name);
        if (usable.isEmpty() && catalogue.tiers().containsKey(name)) {
            problems.dropTier(
                    path + ".name",
                    "is \"" + name + "\", a HardwareTier that is refused itself",
                    "see kubectl describe hardwaretier " + name);
        } else if (usable.isEmpty()) {
            problems.dropTier(
                    path + ".name",
                    "is \"" + name + "\", but there is no HardwareTier of that name",
                    "create it, or name another: " + catalogue.usableNames());
        }
        return usable;
    }

    private boolean isPermitted(Tier tier, String path) {
        if (regions.isEmpty() || tier.region().filter(regions::contains).isPresent()) {
            return true;
        }
        String permitted = "spec.placement.regions " + regions;
        problems.dropTier(
                path + ".name",
                "is \"" + tier.name() + "\", which "
                        + tier.region()
                                .map(region -> "is in " + region + ", not in " + permitted)
                                .orElse("does not say its region, while " + permitted + " are asked for"),
                tier.region().isPresent()
                        ? "name a tier of these regions, or add the region to spec.placement.regions"
                        : "write spec.region into the HardwareTier");
        return false;
    }

    private boolean fits(Tier tier, int perReplica, ModelProfile model, String path) {
        if (perReplica > tier.acceleratorsPerNode()) {
            problems.dropTier(
                    path + ".acceleratorsPerReplica",
                    "is " + perReplica + ", but a node of " + tier.name() + " has " + tier.acceleratorsPerNode(),
                    "write at most " + tier.acceleratorsPerNode() + ": a replica is on one node");
            return false;
        }
        double usable = tier.accelerator().memory().count() * USABLE_MEMORY;
        long weights = model.weights().count();
        if (weights >= usable * perReplica) {
            long needed = (long) Math.floor(weights / usable) + 1;
            problems.dropTier(
                    path + ".acceleratorsPerReplica",
                    String.format(
                            Locale.ROOT,
                            "is %d, but the weights take %.1f GiB in %s and %s has %.1f GiB for them",
                            perReplica,
                            model.weights().gibibytes(),
                            Words.PRECISIONS.of(model.precision()),
                            tier.name(),
                            usable * perReplica / (1L << 30)),
                    needed <= tier.acceleratorsPerNode()
                            ? "write at least " + needed + ", or serve a smaller spec.model.precision"
                            : "name a tier with more memory, or serve a smaller spec.model.precision");
            return false;
        }
        return true;
    }

    private EngineLimits limits(TierChoice choice, EngineArguments engine, String path) {
        return new EngineLimits(
                problems.whole(
                        path + ".maxSequences",
                        choice.maxSequences(),
                        engine.positive(facts.sequencesFlags()).orElse(facts.maxSequences()),
                        1,
                        MOST_SEQUENCES),
                problems.whole(
                        path + ".maxBatchedTokens",
                        choice.maxBatchedTokens(),
                        engine.positive(facts.batchedTokensFlags()).orElse(Defaults.MAX_BATCHED_TOKENS),
                        1,
                        MOST_BATCHED_TOKENS));
    }

    private Optional<StepCoefficients> measured(TierChoice.@Nullable Performance given, String path) {
        if (given == null) {
            return Optional.empty();
        }
        Optional<Double> base = millis(path + ".stepBaseMillis", given.stepBaseMillis(), false);
        Optional<Double> sequence = millis(path + ".stepPerSequenceMillis", given.stepPerSequenceMillis(), true);
        Optional<Double> resident =
                millis(path + ".stepPer1kResidentTokensMillis", given.stepPer1kResidentTokensMillis(), true);
        Optional<Double> prefill = millis(path + ".stepPerPrefillTokenMillis", given.stepPerPrefillTokenMillis(), true);
        return base.isEmpty() || sequence.isEmpty() || resident.isEmpty() || prefill.isEmpty()
                ? Optional.empty()
                : Optional.of(new StepCoefficients(
                        Seconds.ofMillis(base.get()),
                        Seconds.ofMillis(sequence.get()),
                        Seconds.ofMillis(resident.get() / 1000),
                        Seconds.ofMillis(prefill.get())));
    }

    private Optional<Double> millis(String path, @Nullable Double given, boolean zeroAllowed) {
        if (given == null) {
            problems.missing(path, "write milliseconds, or leave performance out");
        }
        return problems.number(path, given, zeroAllowed);
    }
}
