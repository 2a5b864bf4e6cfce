package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Tokens;
import dev.gearshift.metrics.engine.CacheInfo;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.prometheus.Directory.Place;
import dev.gearshift.prometheus.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many tokens the KV cache of a replica holds, by tier. Replicas of a tier are alike; while they are not, the smallest is what can
 * be relied on. Ranks of a replica add up.
 */
final class CacheSizes {

    private static final double LARGEST = 1e15;

    private final List<EngineDialect> dialects;
    private final Map<Place, Map<String, Double>> smallest = new HashMap<>();

    CacheSizes(List<EngineDialect> dialects) {
        this.dialects = dialects;
    }

    void take(Place of, Sample sample) {
        for (EngineDialect dialect : dialects) {
            if (dialect.cacheInfo().isPresent()
                    && sample.label(dialect.cacheInfo().get().blocks()) != null) {
                CacheInfo info = dialect.cacheInfo().get();
                StringBuilder rank = new StringBuilder();
                dialect.parts()
                        .forEach(part -> rank.append(sample.labelOrEmpty(part)).append(';'));
                put(of, rank.toString(), count(sample, info.blocks()) * count(sample, info.blockSize()));
                return;
            }
        }
        put(of, "", sample.value());
    }

    private void put(Place of, String rank, double tokens) {
        if (tokens > 0 && tokens <= LARGEST) {
            smallest.computeIfAbsent(of, any -> new HashMap<>()).merge(rank, tokens, Math::min);
        }
    }

    /** A whole number of at most 15 digits; vLLM writes "None" for what it does not know yet. */
    private static double count(Sample sample, String label) {
        String text = sample.labelOrEmpty(label);
        return text.matches("[0-9]{1,15}") ? Double.parseDouble(text) : 0;
    }

    Optional<Tokens> of(Place tier) {
        Map<String, Double> ranks = smallest.get(tier);
        if (ranks == null) {
            return Optional.empty();
        }
        double sum = 0;
        for (double tokens : ranks.values()) {
            sum += tokens;
        }
        return Optional.of(new Tokens(sum));
    }
}
