package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the charts refuse, and that they say what to write instead. */
class RefusalsTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                gearshift(
                        "image: {repository: ''}", "image.repository is not set", "mvn -pl operator package jib:build"),
                gearshift("image: {repository: 'UPPER'}", "/image/repository", "does not match pattern"),
                gearshift("image: {digest: 'sha256:1'}", "/image/digest", "does not match pattern"),
                gearshift("image: {pullPolicy: Sometimes}", "'IfNotPresent', 'Always', 'Never'"),
                gearshift("colour: red", "additional properties 'colour' not allowed"),
                gearshift("prometheus: {adress: x}", "additional properties 'adress' not allowed"),
                gearshift("prometheus: {url: 'prometheus:9090'}", "/prometheus/url", "'^(https?://.+)?$'"),
                gearshift("prometheus: {certFile: /a}", "certFile and prometheus.keyFile go together"),
                gearshift("replicas: -1", "/replicas", "minimum: got -1, want 0"),
                gearshift("leaderElection: false", "Set leaderElection to true, or replicas to 1"),
                gearshift("planningInterval: 15", "/planningInterval", "got number, want string"),
                gearshift("planningInterval: 15 s", "/planningInterval", "does not match pattern"),
                gearshift("metricsPort: 8081", "metricsPort and healthPort are both 8081: they must differ"),
                gearshift("metricsPort: 70000", "/metricsPort", "maximum: got 70,000, want 65,535"),
                gearshift("logFormat: xml", "'text', 'json'"),
                gearshift("watchNamespaces: [Team_A]", "/watchNamespaces/0", "does not match pattern"),
                gearshift("podAntiAffinity: strong", "'soft', 'hard', 'none'"),
                gearshift("podMonitor: {engines: [{type: vllm}]}", "/podMonitor/engines/0/type", "'VLLM', 'SGLang'"),
                gearshift(
                        "podMonitor: {engines: [{type: VLLM}, {type: VLLM}]}",
                        "two entries named \"vllm\": give one of them another name"),
                gearshift(
                        "prometheusRule: {errorBudget: {fast: {share: 2}}}", "/prometheusRule/errorBudget/fast/share"),
                gearshift("podDisruptionBudget: {maxUnavailable: half}", "/podDisruptionBudget/maxUnavailable"),
                tiers("{}", "provider is not set: say whose catalogue to use"),
                tiers("provider: aol", "/provider", "'aws', 'gcp', 'azure', 'nebius', 'bare-metal'"),
                tiers("provider: bare-metal", "no tier is left to make: give a price for what you have"),
                tiers(
                        "{provider: bare-metal, only: [l4]}",
                        "tiers.l4.price.perAcceleratorHour is not set, and the catalogue of bare-metal has no price"),
                tiers("{provider: gcp, only: [h800]}", "only names \"h800\", which is not in the catalogue of gcp"),
                tiers("{provider: gcp, spot: false, onDemand: false}", "onDemand, spot, only and tiers leave none"),
                tiers("{provider: aws, prefix: far-far-away-}", "has more than 20 characters: choose a shorter prefix"),
                tiers("{provider: aws, tiers: {h100: {cost: 1}}}", "additional properties 'cost' not allowed"),
                tiers("{provider: aws, tiers: {h100: {price: {perAcceleratorHour: cheap}}}}", "perAcceleratorHour"),
                tiers("{provider: aws, tiers: {a.b: {}}}", "a.b"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeMeantIsRefusedWithWhatToWrite(Chart chart, String values, String[] words) {
        assertThatThrownBy(() -> chart.text(values)).hasMessageContainingAll(words);
    }

    private static Arguments gearshift(String values, String... words) {
        return Arguments.of(Chart.GEARSHIFT, values.startsWith("image:") ? values : Chart.IMAGE + values + "\n", words);
    }

    private static Arguments tiers(String values, String... words) {
        return Arguments.of(Chart.TIERS, values, words);
    }
}
