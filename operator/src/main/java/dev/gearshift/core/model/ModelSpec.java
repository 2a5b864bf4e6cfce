package dev.gearshift.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/**
 * A model deployment as declared, checked and with every default filled in.
 *
 * @param key which model
 * @param generation the generation of the declaration
 * @param tiers where it may run, in order of name, each once; only tiers that exist and are permitted
 * @param objectives what was promised
 * @param scaling the bounds
 * @param drainGrace how long a replica taken out of service may finish its requests
 * @param spreading how requests reach replicas
 * @param engine what serves it, and who measures its latency
 * @param missing declared tiers that do not exist (any more): what runs there is left alone, and nothing is ordered there
 */
public record ModelSpec(
        ModelKey key,
        long generation,
        List<TierOption> tiers,
        Objectives objectives,
        ScalingPolicy scaling,
        Duration drainGrace,
        Spreading spreading,
        DeclaredEngine engine,
        SortedSet<TierName> missing) {

    public ModelSpec {
        tiers = tiers.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }

    /** This declaration with its tiers at other prices. */
    public ModelSpec priced(UnaryOperator<Tier> prices) {
        return new ModelSpec(
                key,
                generation,
                tiers.stream()
                        .map(option -> option.with(prices.apply(option.tier())))
                        .toList(),
                objectives,
                scaling,
                drainGrace,
                spreading,
                engine,
                missing);
    }

    /** This declaration with requests spread as they are now. */
    public ModelSpec spread(Spreading now) {
        return new ModelSpec(key, generation, tiers, objectives, scaling, drainGrace, now, engine, missing);
    }

    /** The option of that name, when the model may run there. */
    public Optional<TierOption> tier(TierName name) {
        return tiers.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
