package dev.gearshift.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest extends ServerFixture {

    private static Pod pod(String name, String node, String app) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void aRunningPodStaysUntilTheKubeletRemovesIt() {
        server.store().create(pod("a", "n1", "x"));
        client.pods().inNamespace("default").withName("a").delete();

        Pod going = client.pods().inNamespace("default").withName("a").get();
        assertThat(going.getMetadata().getDeletionTimestamp()).isEqualTo("2026-03-01T08:00:30Z");
        assertThat(going.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
        server.store().remove(going);
        assertThat(client.pods().inNamespace("default").withName("a").get()).isNull();
    }

    @Test
    void noGraceOrNoNodeMeansGoneAtOnce() {
        server.store().create(pod("a", "n1", "x"));
        server.store().create(pod("b", "", "x"));
        client.pods().inNamespace("default").withName("a").withGracePeriod(0).delete();
        client.pods().inNamespace("default").withName("b").delete();
        assertThat(server.store().list(Pod.class)).isEmpty();
    }

    @Test
    void finalizersHoldAnObjectUntilTheLastIsTakenAway() {
        widget(
                        "{apiVersion: " + API
                                + ", kind: Widget, metadata: {name: w, namespace: default, finalizers: [a/b]}, spec: {size: S}}")
                .create();
        client.genericKubernetesResources(API, "Widget")
                .inNamespace("default")
                .withName("w")
                .delete();
        assertThat(stored("w").getMetadata().getDeletionTimestamp()).isEqualTo("2026-03-01T08:00:00Z");

        client.genericKubernetesResources(API, "Widget")
                .inNamespace("default")
                .withName("w")
                .edit(w -> {
                    w.getMetadata().setFinalizers(new ArrayList<>());
                    return w;
                });
        assertThat(stored("w")).isNull();
    }

    @Test
    void listsAreSortedAndSelected() {
        server.store().create(pod("c", "n1", "x"));
        server.store().create(pod("a", "n2", "y"));
        server.store().create(pod("b", "n1", "z"));
        assertThat(names(client.pods().inNamespace("default").list().getItems()))
                .containsExactly("a", "b", "c");
        assertThat(names(client.pods()
                        .inAnyNamespace()
                        .withLabel("app", "y")
                        .list()
                        .getItems()))
                .containsExactly("a");
        assertThat(names(client.pods()
                        .inNamespace("default")
                        .withLabelIn("app", "x", "z")
                        .list()
                        .getItems()))
                .containsExactly("b", "c");
        assertThat(names(client.pods()
                        .inNamespace("default")
                        .withoutLabel("app", "x")
                        .list()
                        .getItems()))
                .containsExactly("a", "b");
        assertThat(names(client.pods()
                        .inNamespace("default")
                        .withField("spec.nodeName", "n1")
                        .list()
                        .getItems()))
                .containsExactly("b", "c");
        assertThat(names(client.pods()
                        .inNamespace("default")
                        .withoutField("metadata.name", "a")
                        .list()
                        .getItems()))
                .containsExactly("b", "c");
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(p -> p.getMetadata().getName()).toList();
    }

    @Test
    void theSameStoryLeavesTheSameObjects() {
        List<String> stories = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (EmbeddedApiServer one = newServer()) {
                Pod p = new PodBuilder(pod("", "n", "x"))
                        .editMetadata()
                        .withName(null)
                        .withGenerateName("web-")
                        .endMetadata()
                        .build();
                one.store().create(p);
                one.store().create(p);
                stories.add(one.store().versions(Pod.class) + " "
                        + names(one.store().list(Pod.class)));
            }
        }
        assertThat(stories.get(0)).isEqualTo(stories.get(1)).contains("[web-00001, web-00002]");
        assertThat(stories.get(0)).contains("00000000-0000-4000-8000-");
    }

    @Test
    void statusAndSpecificationAreWrittenApart() {
        Pod p = server.store().create(pod("a", "n1", "x"));
        Pod running = new PodBuilder(p)
                .editOrNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
        assertThat(server.store().update(running).getStatus().getPhase()).isEqualTo("Pending");
        assertThat(server.store()
                        .updateStatus(new PodBuilder(running)
                                .editMetadata()
                                .withResourceVersion(null)
                                .endMetadata()
                                .build())
                        .getStatus()
                        .getPhase())
                .isEqualTo("Running");

        GenericKubernetesResource w = create("w", "{size: S}");
        w.setAdditionalProperty("status", java.util.Map.of("phase", "Up"));
        GenericKubernetesResource after = client.resource(w).updateStatus();
        assertThat(after.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(at(after, "status", "phase")).isEqualTo("Up");
    }

    @Test
    void aWriteThatChangesNothingIsNone() {
        Pod p = server.store().create(pod("a", "n1", "x"));
        long writes = server.store().writes();
        server.store().update(p);
        server.store().updateStatus(p);
        assertThat(server.store().writes()).isEqualTo(writes);
    }

    @Test
    void clientsCanAskWhatThereIs() {
        assertThat(client.supports("test.gearshift.dev/v1", "Widget")).isTrue();
        assertThat(client.supports("gateway.networking.k8s.io/v1", "HTTPRoute")).isFalse();
        assertThat(client.hasApiGroup("apps", true)).isTrue();
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("34");
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("widgets.test.gearshift.dev")
                        .get())
                .isNotNull();
        assertThat(server.store().list(CustomResourceDefinition.class)).hasSize(1);
        assertThat(server.store().list(Namespace.class)).hasSize(2);
    }
}
