package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model's Deployments and Services are made from: the part of a declaration the planner has no use for.
 *
 * @param key which model
 * @param servedName the name the engine serves it under
 * @param template the user's pod template, with a container named {@code engine}; to be copied, never changed
 * @param engine what the engine is, and where in its pod it can be reached
 * @param servicePort the port of the front Service
 * @param routing which routes besides the front Service are asked for
 * @param drainGrace how long a replica that leaves may finish its requests
 * @param tiers how the model runs on each tier it may use
 * @param missing tiers it names that cannot be used now; replicas there are left to run, and no more are ordered
 */
public record DeploymentBlueprint(
        ModelKey key,
        String servedName,
        PodTemplateSpec template,
        EngineEndpoint engine,
        int servicePort,
        AskedRouting routing,
        Duration drainGrace,
        SortedMap<TierName, OnTier> tiers,
        SortedSet<TierName> missing) {

    public DeploymentBlueprint {
        tiers = Collections.unmodifiableSortedMap(new TreeMap<>(tiers));
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    /**
     * How the model runs on one tier.
     *
     * @param tier the tier
     * @param acceleratorResource the resource its pods ask for, such as {@code nvidia.com/gpu}
     * @param acceleratorsPerReplica how many of it
     * @param image the engine's image there; empty for the template's
     * @param args arguments after the engine container's own
     * @param env environment variables that replace or join the engine container's own
     * @param placement how pods get onto the tier's nodes
     * @param region where the tier is
     */
    public record OnTier(
            TierName tier,
            String acceleratorResource,
            int acceleratorsPerReplica,
            Optional<String> image,
            List<String> args,
            List<EnvVar> env,
            TierPlacement placement,
            Optional<String> region) {

        public OnTier {
            args = List.copyOf(args);
            env = List.copyOf(env);
        }
    }
}
