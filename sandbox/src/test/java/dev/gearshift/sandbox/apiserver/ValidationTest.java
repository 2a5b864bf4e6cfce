package dev.gearshift.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest extends ServerFixture {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        {}                                    ; spec.size            ; Required value
        {size: X}                             ; spec.size            ; Unsupported value: "X": supported values: "S", "M"
        {size: S, replicas: two}              ; spec.replicas        ; Invalid value: "string": spec.replicas in body must be of type integer: "string"
        {size: S, replicas: 10}               ; spec.replicas        ; Invalid value: 10: spec.replicas in body should be less than or equal to 9
        {size: S, replicas: -1}               ; spec.replicas        ; Invalid value: -1: spec.replicas in body should be greater than or equal to 0
        {size: S, target: 0ms}                ; spec.target          ; Invalid value: "0ms": spec.target in body should match '^[1-9][0-9]*(ms|s)$'
        {size: S, target: 1000000s}           ; spec.target          ; Too long: may not be more than 6 bytes
        {size: S, ratio: 0}                   ; spec.ratio           ; Invalid value: 0: spec.ratio in body should be greater than 0
        {size: S, port: [1]}                  ; spec.port            ; Invalid value: "array": spec.port in body must be of type integer,string: "array"
        {size: S, labels: {a: 1}}             ; spec.labels.a        ; Invalid value: "integer": spec.labels.a in body must be of type string: "integer"
        {size: S, sets: [a, a]}               ; spec.sets[1]         ; Duplicate value: "a"
        {size: S, sets: [a, b, c, d]}         ; spec.sets            ; Too many: 4: must have at most 3 items
        {size: S, tiers: []}                  ; spec.tiers           ; Invalid value: 0: spec.tiers in body should have at least 1 items
        {size: S, tiers: [{name: a},{name: a}]} ; spec.tiers[1]      ; Duplicate value: {"name":"a"}
        {size: S, tiers: [{count: 3}]}        ; spec.tiers[0].name   ; Required value
        {size: S, minReplicas: 4}             ; spec.minReplicas     ; Invalid value: "object": minReplicas is 4, more than replicas 1
        {size: S, tiers: [{name: a},{name: b, count: 12}]} ; spec.tiers[1] ; Invalid value: "object": only big tiers hold 10 or more
        """)
    void whatTheSchemaForbidsIsRefusedWithTheFieldToBlame(String spec, String field, String message) {
        KubernetesClientException e = refusal(() -> create("w", spec));
        assertThat(e.getCode()).isEqualTo(422);
        assertThat(e.getStatus().getReason()).isEqualTo("Invalid");
        assertThat(e.getStatus().getMessage())
                .startsWith("Widget.test.gearshift.dev \"w\" is invalid: ")
                .contains(field + ": " + message);
        assertThat(e.getStatus().getDetails().getCauses()).anySatisfy(c -> {
            assertThat(c.getField()).isEqualTo(field);
            assertThat(c.getMessage()).isEqualTo(message);
        });
        assertThat(refusal(() -> apply("a", true, "w", spec)).getCode()).isEqualTo(422);
        assertThat(server.requests().effectiveWrites()).isZero();
    }

    @Test
    void defaultsAreFilledInAtEveryLevel() {
        GenericKubernetesResource w = create("w", "{size: S, tiers: [{name: a}]}");
        assertThat(at(w, "spec", "replicas")).isEqualTo(1);
        assertThat(at(w, "spec", "nested", "mode")).isEqualTo("Auto");
        assertThat(at(w, "spec", "tiers", 0, "count")).isEqualTo(1);
    }

    @Test
    void unknownFieldsArePrunedOrRefusedWhenAskedTo() {
        GenericKubernetesResource w =
                create("w", "{size: S, misspelt: 1, free: {a: {b: 1}}, tiers: [{name: a, more: 2}]}");
        assertThat(at(w, "spec", "misspelt")).isNull();
        assertThat(at(w, "spec", "tiers", 0, "more")).isNull();
        assertThat(at(w, "spec", "free", "a", "b")).isEqualTo(1);

        KubernetesClientException e = refusal(() -> widget(widgetText("v", "{size: S, misspelt: 1}"))
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create());
        assertThat(e.getCode()).isEqualTo(400);
        assertThat(e.getStatus().getMessage()).contains("strict decoding error: unknown field \"spec.misspelt\"");
    }

    @Test
    void aTransitionRuleLooksAtTheOldValue() {
        create("w", "{size: S}");
        KubernetesClientException e = refusal(() -> apply("a", true, "w", "{size: M}"));
        assertThat(e.getStatus().getMessage()).contains("spec: Forbidden: size cannot change");
    }

    @Test
    void aRuleThatNamesAnUnknownFieldIsRefusedWithTheDefinition() {
        CustomResourceDefinition broken = Serialization.unmarshal(
                Serialization.asYaml(widgets()).replace("self.name.startsWith", "self.nmae.startsWith"),
                CustomResourceDefinition.class);
        assertThatThrownBy(() -> EmbeddedApiServer.start(List.of(broken), now::get))
                .hasMessageContaining("undefined field 'nmae'");
    }

    @Test
    void anObjectLeftByAnotherVersionCanBeReadAndKeepsAWorkingStatus() {
        server.store().putUnvalidated(widgetText("old", "{size: XXL, replicas: many, gone: 1}"));
        GenericKubernetesResource old = stored("old");
        assertThat(at(old, "spec", "size")).isEqualTo("XXL");

        GenericKubernetesResource told = widget("{apiVersion: " + API
                        + ", kind: Widget, metadata: {name: old, namespace: default}, status: {phase: Refused}}")
                .subresource("status")
                .patch(applying("a", true));
        assertThat(at(told, "status", "phase")).isEqualTo("Refused");
        assertThat(at(told, "spec", "replicas")).isEqualTo("many");
    }

    @Test
    void aWorkloadIsCheckedAsTheClusterWould() {
        String yaml = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: other}}
                    spec: {containers: [{name: engine}]}
                """;
        KubernetesClientException invalid = refusal(() -> applyDeployment("g", true, yaml));
        assertThat(invalid.getStatus().getMessage())
                .contains("`selector` does not match template `labels`")
                .contains("spec.template.spec.containers[0].image: Required value");
    }

    /** What the containers are | what is wrong with them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{name: engine, image: i, imagePolicy: x}] | [name="engine"].imagePolicy: field not declared in schema
            [{name: engine, image: i, ports: [{containerPort: 1, nmae: x}]}] | [name="engine"].ports[containerPort=1,protocol="TCP"].nmae: field not declared in schema
            [{name: engine, image: i, stdin: 1, tty: [yes]}] | [name="engine"].tty: expected boolean, got &value.valueUnstructured{Value:["yes"]}
            [{name: engine, image: i, startupProbe: {periodSeconds: soon}}] | [name="engine"].startupProbe.periodSeconds: expected numeric (int or float), got string
            [{name: engine, image: i, resources: many}] | [name="engine"].resources: expected map, got &{"many"}
            [{name: engine, image: i, args: {a: b}}] | [name="engine"].args: expected list, got &{{"a":"b"}}
            """)
    void anAppliedWorkloadThatItsSchemaDoesNotKnowIsAFailureOfTheServers(String containers, String error) {
        GenericKubernetesResource web = generic("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: %s}
                """.formatted(containers));
        for (FieldValidateable.Validation validation : FieldValidateable.Validation.values()) {
            KubernetesClientException e = refusal(() ->
                    client.resource(web).dryRun().fieldValidation(validation).patch(applying("g", true)));
            assertThat(e.getCode()).isEqualTo(500);
            assertThat(e.getStatus().getReason()).isNull();
            assertThat(e.getStatus().getMessage())
                    .isEqualTo("failed to create typed patch object (default/web; apps/v1, Kind=Deployment):"
                            + " .spec.template.spec.containers" + error);
        }
        KubernetesClientException created = refusal(() -> client.resource(web)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create());
        assertThat(created.getCode()).isEqualTo(400);
    }

    @Test
    void anObjectNeedsItsNamespace() {
        KubernetesClientException e = refusal(() -> client.resource(
                        generic("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: nowhere}}"))
                .create());
        assertThat(e.getCode()).isEqualTo(404);
        assertThat(e.getStatus().getMessage()).isEqualTo("namespaces \"nowhere\" not found");
    }
}
