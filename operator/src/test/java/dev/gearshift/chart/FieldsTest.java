package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rendered has no field that Kubernetes does not know, runs without privileges, and has the version of the operator. */
class FieldsTest {

    private static final KubernetesSerialization WIRE = new KubernetesSerialization();
    /** Unknown fields are kept by the types; here they are refused instead. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {

                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return Boolean.FALSE;
                }
            });

    @ParameterizedTest
    @MethodSource("dev.gearshift.chart.GoldenChartTest#cases")
    void kubernetesKnowsEveryField(Path golden) throws IOException {
        List<JsonNode> objects = GoldenChartTest.chart(golden).objects(Files.readString(golden.resolve("values.yaml")));
        Set<String> unknown = new TreeSet<>();
        for (JsonNode object : objects) {
            HasMetadata typed = typed(object);
            if (typed instanceof GenericKubernetesResource) {
                unknown.add(typed.getKind());
            } else if (!typed.getKind().equals("HardwareTier")) {
                assertThatCode(() -> STRICT.treeToValue(object, typed.getClass()))
                        .as("%s", object)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(unknown).isSubsetOf("HardwareTier", "ServiceMonitor", "PodMonitor", "PrometheusRule");
    }

    @Test
    void anUnknownFieldWouldBeNoticed() {
        JsonNode deployment = Chart.GEARSHIFT.object("Deployment", Chart.IMAGE);
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Always");
        assertThatThrownBy(
                        () -> STRICT.treeToValue(deployment, typed(deployment).getClass()))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("imagePulPolicy");
    }

    @Test
    void thePodFitsTheStandardRestricted() {
        JsonNode pod = Chart.GEARSHIFT.object("Deployment", Chart.IMAGE).at("/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("containers")).hasSize(1);
        JsonNode container = pod.at("/containers/0/securityContext");
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop"))
                .extracting(JsonNode::asText)
                .containsExactly("ALL");
        assertThat(pod.path("volumes"))
                .hasSize(1)
                .allSatisfy(volume -> assertThat(volume.has("emptyDir")).isTrue());
    }

    @ParameterizedTest
    @EnumSource(Chart.class)
    void theVersionIsThatOfTheOperator(Chart chart) throws IOException {
        Properties build = new Properties();
        try (var resource = getClass().getResourceAsStream("/dev/gearshift/cli/version.properties")) {
            build.load(resource);
        }
        assertThat(chart.read("Chart.yaml").path("appVersion").asText()).isEqualTo(build.getProperty("version"));
    }

    private static HasMetadata typed(JsonNode object) {
        return WIRE.unmarshal(object.toString(), HasMetadata.class);
    }
}
