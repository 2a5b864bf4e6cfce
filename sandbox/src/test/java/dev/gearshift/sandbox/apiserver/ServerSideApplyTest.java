package dev.gearshift.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest extends ServerFixture {

    private static String deployment(String replicas, String containers) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default, labels: {app: web}}
                spec:
                  %s
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: %s}
                """.formatted(replicas, containers);
    }

    private static final String ENGINE = "[{name: engine, image: 'e:1', ports: [{containerPort: 8000}]}]";

    @Test
    void anAppliedObjectIsCreatedWithItsManagerAndDefaultsNobodyOwns() {
        Deployment d = applyDeployment("gearshift", false, deployment("", ENGINE));

        assertThat(d.getSpec().getReplicas()).isEqualTo(1);
        assertThat(d.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(d.getMetadata().getCreationTimestamp()).isEqualTo("2026-03-01T08:00:00Z");
        ManagedFieldsEntry entry = d.getMetadata().getManagedFields().get(0);
        assertThat(entry.getManager()).isEqualTo("gearshift");
        assertThat(entry.getOperation()).isEqualTo("Apply");
        String fields = Serialization.asJson(entry.getFieldsV1());
        assertThat(fields)
                .contains("f:selector", "k:{\\\"containerPort\\\":8000,\\\"protocol\\\":\\\"TCP\\\"}", "f:app")
                .doesNotContain("f:replicas", "f:strategy", "f:apiVersion", "f:name\":{},\"f:namespace");
    }

    @Test
    void applyingTheSameTwiceWritesNothing() {
        Deployment first = applyDeployment("gearshift", false, deployment("replicas: 2", ENGINE));
        now.set(START.plusSeconds(60));
        long writes = server.store().writes();
        Deployment second = applyDeployment("gearshift", true, deployment("replicas: 2", ENGINE));

        assertThat(second).isEqualTo(first);
        assertThat(server.store().writes()).isEqualTo(writes);
        assertThat(server.requests().requests("apply", "Deployment")).isEqualTo(2);
        assertThat(server.requests().effectiveWrites()).isEqualTo(1);
    }

    @Test
    void aFieldOfAnotherManagerConflictsUnlessForced() {
        applyDeployment("gearshift", false, deployment("replicas: 2", ENGINE));
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("kubectl")
                                .build(),
                        "{\"spec\":{\"replicas\":5}}");

        KubernetesClientException e =
                refusal(() -> applyDeployment("gearshift", false, deployment("replicas: 3", ENGINE)));
        assertThat(e.getCode()).isEqualTo(409);
        assertThat(e.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(e.getStatus().getMessage())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"kubectl\" using apps/v1: .spec.replicas");
        assertThat(e.getStatus().getDetails().getCauses().get(0).getField()).isEqualTo(".spec.replicas");

        Deployment forced = applyDeployment("gearshift", true, deployment("replicas: 3", ENGINE));
        assertThat(forced.getSpec().getReplicas()).isEqualTo(3);
        assertThat(forced.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .containsExactly("gearshift");
    }

    @Test
    void leavingReplicasOutAfterHavingAppliedThemSetsThemToTheDefault() {
        applyDeployment("gearshift", false, deployment("replicas: 4", ENGINE));
        Deployment d = applyDeployment("gearshift", false, deployment("", ENGINE));
        assertThat(d.getSpec().getReplicas()).isEqualTo(1);
        assertThat(d.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void leavingReplicasOutKeepsThemWhenAnotherManagerOwnsThemToo() {
        applyDeployment("gearshift", false, deployment("replicas: 4", ENGINE));
        client.apps().deployments().inNamespace("default").withName("web").scale(6);
        Deployment d = applyDeployment("gearshift", false, deployment("", ENGINE));
        assertThat(d.getSpec().getReplicas()).isEqualTo(6);
        assertThat(d.getMetadata().getManagedFields())
                .anySatisfy(m -> assertThat(m.getSubresource()).isEqualTo("scale"));
    }

    @Test
    void foreignContainersAndAnnotationsSurviveAnApply() {
        applyDeployment("gearshift", false, deployment("replicas: 1", ENGINE));
        applyDeployment("sidecars", false, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default, annotations: {mesh: "on"}}
                spec: {template: {spec: {containers: [{name: proxy, image: 'p:1'}, {name: engine, env: [{name: A, value: b}]}]}}}
                """);
        Deployment d = applyDeployment("gearshift", false, deployment("replicas: 1", ENGINE.replace("e:1", "e:2")));

        assertThat(d.getMetadata().getAnnotations()).containsEntry("mesh", "on");
        assertThat(d.getSpec().getTemplate().getSpec().getContainers())
                .extracting(c -> c.getName() + " " + c.getImage())
                .containsExactly("proxy p:1", "engine e:2");
        assertThat(d.getSpec().getTemplate().getSpec().getContainers().get(1).getEnv())
                .hasSize(1);

        Deployment without = applyDeployment(
                "sidecars",
                false,
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: default, labels: {x: y}}}");
        assertThat(without.getSpec().getTemplate().getSpec().getContainers()).hasSize(1);
        assertThat(without.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void listMapsOfCustomResourcesMergeByTheirKeys() {
        apply("a", false, "w", "{size: S, tiers: [{name: l4, count: 2}, {name: h100}]}");
        apply("b", false, "w", "{tiers: [{name: spot, count: 3}]}");
        GenericKubernetesResource w = apply("a", false, "w", "{size: S, tiers: [{name: l4, count: 4}]}");

        List<Map<String, Object>> tiers = w.get("spec", "tiers");
        assertThat(tiers).extracting(t -> t.get("name") + "=" + t.get("count")).containsExactly("l4=4", "spot=3");
    }

    @Test
    void statusIsAppliedApartFromTheRest() {
        apply("a", false, "w", "{size: S}");
        GenericKubernetesResource w = widget(
                        "{apiVersion: " + API + ", kind: Widget, metadata: {name: w, namespace: default},"
                                + " spec: {size: M}, status: {phase: Up, conditions: [{type: Ready, status: 'True'}]}}")
                .subresource("status")
                .patch(applying("a", true));

        assertThat(at(w, "spec", "size")).isEqualTo("S");
        assertThat(at(w, "status", "phase")).isEqualTo("Up");
        assertThat(w.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(w.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getSubresource)
                .containsExactly(null, "status");

        GenericKubernetesResource again = apply("a", false, "w", "{size: S, replicas: 3}");
        assertThat(at(again, "status", "phase")).isEqualTo("Up");
        assertThat(again.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aDryRunShowsTheResultAndWritesNothing() {
        long writes = server.store().writes();
        Deployment d = client.resource(Serialization.unmarshal(deployment("replicas: 2", ENGINE), Deployment.class))
                .dryRun()
                .patch(applying("gearshift", true));
        assertThat(d.getSpec().getReplicas()).isEqualTo(2);
        assertThat(server.store().writes()).isEqualTo(writes);
        assertThat(client.apps().deployments().inNamespace("default").list().getItems())
                .isEmpty();
    }

    @Test
    void anOrdinaryUpdateIsRecordedUnderItsManagerAndMayNotBeStale() {
        var map = client.configMaps()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("m")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("a", "1")
                        .build())
                .create();
        assertThat(map.getMetadata().getManagedFields().get(0).getManager()).isEqualTo("fabric8-kubernetes-client");
        assertThat(map.getMetadata().getManagedFields().get(0).getOperation()).isEqualTo("Update");
        var newer = client.resource(
                        new ConfigMapBuilder(map).addToData("a", "2").build())
                .update();
        assertThat(newer.getData()).containsEntry("a", "2");
        KubernetesClientException e = refusal(() -> client.resource(
                        new ConfigMapBuilder(map).addToData("a", "3").build())
                .update());
        assertThat(e.getCode()).isEqualTo(409);
    }

    @Test
    void anEditChangesOnlyWhatItTouches() {
        applyDeployment("gearshift", false, deployment("replicas: 2", ENGINE));
        Deployment d = client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .edit(old -> {
                    old.getSpec().setReplicas(7);
                    return old;
                });
        assertThat(d.getSpec().getReplicas()).isEqualTo(7);
        assertThat(d.getMetadata().getManagedFields()).hasSize(2);
    }
}
