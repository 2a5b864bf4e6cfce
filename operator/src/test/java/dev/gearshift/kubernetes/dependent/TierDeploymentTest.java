package dev.gearshift.kubernetes.dependent;

import static dev.gearshift.kubernetes.dependent.Blueprints.L4;
import static dev.gearshift.kubernetes.dependent.Blueprints.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.mapping.DeploymentBlueprint;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TierDeploymentTest {

    private static final String POD = "{containers: [{name: engine, image: i}]}";

    @Test
    void onlyTheNumberOfReplicasDependsOnTheNumberOfReplicas() {
        DeploymentBlueprint blueprint = Blueprints.of(POD, "{}");
        Deployment one = TierDeployment.desired(blueprint, L4, OptionalInt.of(1), Blueprints.owner());
        Deployment many = TierDeployment.desired(blueprint, L4, OptionalInt.of(17), Blueprints.owner());
        Deployment others = TierDeployment.desired(blueprint, L4, OptionalInt.empty(), Blueprints.owner());
        assertThat(one.getSpec().getReplicas()).isEqualTo(1);
        assertThat(many.getSpec().getReplicas()).isEqualTo(17);
        assertThat(WIRE.asYaml(others)).doesNotContain("replicas:");
        one.getSpec().setReplicas(null);
        many.getSpec().setReplicas(null);
        assertThat(WIRE.asYaml(one)).isEqualTo(WIRE.asYaml(many)).isEqualTo(WIRE.asYaml(others));
    }

    @Test
    void noReplicasIsANumber() {
        assertThat(TierDeployment.desired(Blueprints.of(POD, "{}"), L4, OptionalInt.of(0), Blueprints.owner())
                        .getSpec()
                        .getReplicas())
                .isZero();
    }

    @Test
    void theUsersTemplateIsNotChanged() {
        DeploymentBlueprint blueprint = Blueprints.of("""
                {containers: [{name: engine, image: i, args: [a], env: [{name: A, value: b}], ports: [],
                resources: {limits: {cpu: 1}}, x: {y: [1]}}], nodeSelector: {a: b}, tolerations: [{key: a}],
                affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
                {matchExpressions: [{key: a, operator: Exists}]}]}}}}""", "{args: [c], env: [{name: A, value: d}]}");
        String before = WIRE.asYaml(blueprint.template());
        Deployment deployment = TierDeployment.desired(blueprint, L4, OptionalInt.of(1), Blueprints.owner());
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        pod.getContainers().get(0).getArgs().add("later");
        pod.getNodeSelector().put("later", "too");
        assertThat(WIRE.asYaml(blueprint.template())).isEqualTo(before);
    }

    @Test
    void whatNobodyKnowsIsLeftAsItIs() {
        PodTemplateSpec template = Blueprints.template("""
                {containers: [{name: engine, image: i, x: {y: [1]}, resources: {claims: [{name: c, z: 2}]}}],
                volumes: [{name: v, emptyDir: {}, w: true}], u: [{t: null}]}""");
        assertThat(WIRE.asJson(template))
                .contains("\"x\":{\"y\":[1]}", "\"z\":2", "\"w\":true", "\"emptyDir\":{}", "\"u\":[{\"t\":null}]");
    }

    @Test
    void nullsStandForNothing() {
        assertThat(WIRE.asYaml(Blueprints.template("""
                {tolerations: null, nodeSelector: null, affinity: null, initContainers: null, containers: [
                {name: engine, image: i, command: null, args: null, env: null, ports: null, resources: null}]}"""))).isEqualTo(WIRE.asYaml(Blueprints.template(POD)));
    }

    @Test
    void brokenListsAreForTheClusterToRefuse() {
        PodTemplateSpec template = Blueprints.template("""
                {tolerations: [null], initContainers: [null], containers: [null,
                {name: engine, image: i, args: [null], env: [null, {value: x}], ports: [null]}]}""");
        assertThat(template.getSpec().getContainers()).hasSize(2);
        assertThat(template.getSpec().getContainers().get(1).getEnv()).hasSize(2);
    }

    @Test
    void aTermThatMatchesNoNodeStaysOne() {
        PodTemplateSpec template = Blueprints.template("""
                {containers: [{name: engine, image: i}], affinity: {nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{},
                {matchExpressions: [{key: topology.kubernetes.io/region, operator: In, values: [us-central1]}]}]}}}}""");
        List<NodeSelectorTerm> terms = template.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
        assertThat(terms.get(0)).isEqualTo(new NodeSelectorTerm());
        assertThat(terms.get(1).getMatchExpressions()).hasSize(1);
    }

    @Test
    void whatIsOnlyPreferredOfNodesIsKeptBesideTheRegion() {
        PodTemplateSpec template = Blueprints.template("""
                {containers: [{name: engine, image: i}], affinity: {nodeAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [
                {key: a, operator: Exists}]}}]}}}""");
        assertThat(template.getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
        assertThat(template.getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms())
                .hasSize(1);
    }

    @Test
    void aTierTheModelCannotUseHasNoDeploymentButItsServiceRemains() {
        DeploymentBlueprint blueprint = Blueprints.of(POD, "{}");
        TierName gone = new TierName("gone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierDeployment.desired(blueprint, gone, OptionalInt.of(1), Blueprints.owner()))
                .withMessage("assistants/chat cannot use tier gone");
        assertThat(TierService.desired(blueprint, gone, Blueprints.owner())
                        .getSpec()
                        .getSelector())
                .containsEntry("gearshift.dev/tier", "gone");
    }

    @Test
    void anOwnerComesFromACluster() {
        ModelDeployment unborn = new ModelDeployment();
        unborn.setMetadata(new ObjectMetaBuilder().withName("chat").build());
        assertThatIllegalArgumentException().isThrownBy(() -> Owner.of(unborn)).withMessage("chat has no uid");
    }
}
