package dev.gearshift.sandbox;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.TierCatalogue;
import dev.gearshift.loop.PlanSink;
import dev.gearshift.sandbox.apiserver.ClusterStore;
import dev.gearshift.sandbox.apiserver.EmbeddedApiServer;
import dev.gearshift.sandbox.cluster.ControlPlaneGate;
import dev.gearshift.sandbox.cluster.World;
import dev.gearshift.sandbox.cluster.WorldOptions;
import dev.gearshift.sandbox.operator.OperatorInWorld;
import dev.gearshift.sandbox.operator.OperatorOptions;
import dev.gearshift.sandbox.time.VirtualClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A GPU cluster in one JVM with the custom resources of Gearshift: nodes that can be ordered for every hardware tier, engines that run
 * the models as simulated hardware of their tier would, and the operator once it is started.
 */
public final class Sandbox implements AutoCloseable {

    private static final List<String> DEFINITIONS =
            List.of("/crds/hardwaretiers.gearshift.dev.yaml", "/crds/modeldeployments.gearshift.dev.yaml");

    private final VirtualClock clock;
    private final EmbeddedApiServer server;
    private final World world;
    private final KubernetesClient user;
    private @Nullable OperatorInWorld operator;

    /**
     * A cluster without an operator, on a Monday morning.
     *
     * @param seed what all chance follows from
     * @param tiers the tiers for which nodes can be had
     * @param adjust changes to what the world is like
     */
    public Sandbox(long seed, List<HardwareTier> tiers, UnaryOperator<WorldOptions> adjust) {
        this(VirtualClock.START, seed, tiers, adjust);
    }

    /**
     * A cluster without an operator.
     *
     * @param start when it begins
     * @param seed what all chance follows from
     * @param tiers the tiers for which nodes can be had
     * @param adjust changes to what the world is like
     */
    public Sandbox(Instant start, long seed, List<HardwareTier> tiers, UnaryOperator<WorldOptions> adjust) {
        this.clock = new VirtualClock(start);
        this.server = EmbeddedApiServer.start(definitions(), clock);
        ClusterStore store = server.store();
        WorldOptions options = WorldOptions.of(seed, TierNodes.of(TierCatalogue.of(tiers)), new TierEngines(store))
                .beginningAt(start)
                .collecting(ModelDeployment.class);
        this.world = new World(adjust.apply(options), clock, store);
        this.user = server.client();
    }

    private static List<CustomResourceDefinition> definitions() {
        return DEFINITIONS.stream().map(Sandbox::definition).toList();
    }

    private static CustomResourceDefinition definition(String resource) {
        try (InputStream text = Objects.requireNonNull(Sandbox.class.getResourceAsStream(resource), resource)) {
            return new KubernetesSerialization().unmarshal(text, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Applies an object as {@code kubectl apply --server-side} does.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the cluster refuses it
     */
    public void apply(HasMetadata object) {
        user.resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("kubectl")
                                .withFieldValidation("Strict")
                                .build(),
                        object);
    }

    /** Starts the operator as it usually works, or another one after the first was stopped. */
    public OperatorInWorld startOperator(List<PlanSink> observers) {
        return startOperator(OperatorOptions.USUAL, observers);
    }

    /** Starts an operator, or another one after the first was stopped. */
    public OperatorInWorld startOperator(OperatorOptions options, List<PlanSink> observers) {
        stopOperator();
        OperatorInWorld started = OperatorInWorld.start(server, world, clock, options, observers);
        operator = started;
        return started;
    }

    /** Stops the operator; what runs in the cluster goes on. */
    public void stopOperator() {
        if (operator != null) {
            world.waitAt(ControlPlaneGate.OPEN);
            operator.close();
            operator = null;
        }
    }

    /** Kills the operator, which has no time to write anything; what runs in the cluster goes on. */
    public void killOperator() {
        if (operator != null) {
            world.waitAt(ControlPlaneGate.OPEN);
            operator.kill();
            operator = null;
        }
    }

    /** The cluster. */
    public World world() {
        return world;
    }

    /** The API server. */
    public EmbeddedApiServer server() {
        return server;
    }

    /** A client of the API server, as a user has one. */
    public KubernetesClient user() {
        return user;
    }

    /** A model deployment as it is now. */
    public Optional<ModelDeployment> model(String namespace, String name) {
        return server.store().get(ModelDeployment.class, namespace, name);
    }

    /** What is being spent on nodes now. */
    public HourlyCost rate() {
        return world.ledger().rate(world.now());
    }

    @Override
    public void close() {
        stopOperator();
        user.close();
        world.close();
        server.close();
    }
}
