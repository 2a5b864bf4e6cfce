package dev.gearshift.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingMappingTest {

    @Test
    void nothingButTheServiceIsMadeUnasked() {
        assertThat(routing("{}")).isEqualTo(AskedRouting.NONE);
    }

    @Test
    void aRouteAndAPoolMayBeAskedForTogether() {
        assertThat(routing("{httpRoute: {parentRefs: [{name: g, namespace: n, sectionName: s}, {name: h}],"
                        + " hostnames: ['*.example.com']}, inferencePool: {endpointPickerRef: {name: epp}}}"))
                .isEqualTo(new AskedRouting(
                        Optional.of(new AskedRouting.Route(
                                List.of(
                                        new AskedRouting.Parent("g", Optional.of("n"), Optional.of("s")),
                                        new AskedRouting.Parent("h", Optional.empty(), Optional.empty())),
                                List.of("*.example.com"))),
                        Optional.of(new AskedRouting.Picker("epp", Defaults.PICKER_PORT))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{httpRoute: {}}; spec.routing.httpRoute.parentRefs; is missing",
                "{httpRoute: {parentRefs: [{namespace: n}]}}; spec.routing.httpRoute.parentRefs[0].name; is missing",
                "{httpRoute: {parentRefs: [{name: g}], hostnames: [a.b, 'a.b:80']}};"
                        + " spec.routing.httpRoute.hostnames[1]; is \"a.b:80\", which is no host name",
                "{inferencePool: {}}; spec.routing.inferencePool.endpointPickerRef.name; is missing",
                "{inferencePool: {endpointPickerRef: {name: e, port: {number: 0}}}};"
                        + " spec.routing.inferencePool.endpointPickerRef.port.number; is 0",
            })
    void whatIsWrongIsToldByFieldWithWhatToWrite(String routing, String path, String problem) {
        MappedModel mapped = ModelMapping.map(Declarations.model("/spec/routing", routing), Declarations.catalogue());
        assertThat(mapped).isInstanceOf(MappedModel.Refused.class);
        assertThat(mapped.problems()).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.problem()).isEqualTo(problem);
            assertThat(error.remedy()).isNotBlank();
        });
    }

    private static AskedRouting routing(String text) {
        MappedModel mapped = ModelMapping.map(Declarations.model("/spec/routing", text), Declarations.catalogue());
        assertThat(mapped.problems()).isEmpty();
        return ((MappedModel.Usable) mapped).blueprint().routing();
    }
}
