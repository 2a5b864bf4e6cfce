package dev.gearshift.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchTest extends ServerFixture {

    private static final class Seen<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void onAdd(T o) {
            events.add("+" + o.getMetadata().getName());
        }

        @Override
        public void onUpdate(T old, T now) {
            events.add("~" + now.getMetadata().getName());
        }

        @Override
        public void onDelete(T o, boolean unknown) {
            events.add("-" + o.getMetadata().getName());
        }
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("app", "x")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void anInformerSeesEveryChangeMadeInsideTheProcess() {
        server.store().create(pod("before"));
        Seen<Pod> seen = new Seen<>();
        try (SharedIndexInformer<Pod> informer = client.pods().inAnyNamespace().inform(seen)) {
            for (int i = 0; i < 50; i++) {
                Pod p = server.store().create(pod("p" + i));
                server.store()
                        .updateStatus(new PodBuilder(p)
                                .editOrNewStatus()
                                .withPhase("Running")
                                .endStatus()
                                .build());
            }
            server.store().remove(pod("p7"));
            await().until(() -> versions(informer).equals(server.store().versions(Pod.class)));
            assertThat(seen.events)
                    .hasSize(1 + 100 + 1)
                    .startsWith("+before", "+p0", "~p0")
                    .endsWith("-p7");
        }
    }

    private static Map<String, String> versions(SharedIndexInformer<Pod> informer) {
        Map<String, String> out = new TreeMap<>();
        informer.getStore()
                .list()
                .forEach(p -> out.put(p.getMetadata().getUid(), p.getMetadata().getResourceVersion()));
        return out;
    }

    @Test
    void anInformerWithASelectorSeesObjectsComeAndGo() {
        Seen<Pod> seen = new Seen<>();
        try (SharedIndexInformer<Pod> informer =
                client.pods().inNamespace("default").withLabel("app", "x").inform(seen)) {
            Pod p = server.store().create(pod("a"));
            server.store()
                    .update(new PodBuilder(p)
                            .editMetadata()
                            .addToLabels("app", "y")
                            .endMetadata()
                            .build());
            await().until(() -> seen.events.size() >= 2);
            assertThat(seen.events).containsExactly("+a", "-a");
            assertThat(informer.getStore().list()).isEmpty();
        }
    }

    @Test
    void anInformerOnACustomResourceSeesAppliesButNoOpOnesNot() {
        Seen<GenericKubernetesResource> seen = new Seen<>();
        try (var informer = client.genericKubernetesResources(API, "Widget")
                .inAnyNamespace()
                .inform(seen)) {
            apply("a", true, "w", "{size: S}");
            apply("a", true, "w", "{size: S}");
            apply("a", true, "w", "{size: S, replicas: 2}");
            await().until(() -> seen.events.size() >= 2);
            assertThat(seen.events).containsExactly("+w", "~w");
            assertThat(informer.hasSynced()).isTrue();
        }
    }

    @ControllerConfiguration(name = "copier")
    private static final class Copier implements Reconciler<ConfigMap> {
        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap primary, Context<ConfigMap> context) {
            if (!primary.getMetadata().getName().startsWith("copy-")) {
                ConfigMap copy = new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("copy-" + primary.getMetadata().getName())
                        .withNamespace(primary.getMetadata().getNamespace())
                        .endMetadata()
                        .withData(primary.getData())
                        .build();
                context.getClient().resource(copy).patch(applying("copier", true));
            }
            return UpdateControl.noUpdate();
        }
    }

    @Test
    void anOperatorOfTheOperatorSdkRunsAgainstIt() {
        Operator operator = new Operator(o -> o.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(new Copier());
        operator.start();
        try {
            server.store()
                    .create(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("a")
                            .withNamespace("default")
                            .endMetadata()
                            .addToData("k", "v")
                            .build());
            await().until(() ->
                    server.store().get(ConfigMap.class, "default", "copy-a").isPresent());
            assertThat(server.requests().writes()).containsEntry("apply ConfigMap", 1L);
        } finally {
            operator.stop();
        }
    }
}
