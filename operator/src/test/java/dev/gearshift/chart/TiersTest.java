package dev.gearshift.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gearshift.kubernetes.api.v1alpha1.HardwareTier;
import dev.gearshift.kubernetes.crds.SchemaCheck;
import dev.gearshift.kubernetes.mapping.MappedTier;
import dev.gearshift.kubernetes.mapping.TierMapping;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiers of every catalogue fit the definition and can be planned with, and every price says where it is from. */
class TiersTest {

    private static final KubernetesSerialization WIRE = new KubernetesSerialization();
    private static final String OWN_PRICES = """
            tiers:
              l4: {price: {perAcceleratorHour: "0.30"}}
              l40s: {price: {perAcceleratorHour: "0.50"}}
              a100-80: {price: {perAcceleratorHour: "0.90"}}
              h100x8: {price: {perAcceleratorHour: "1.90"}}
              h200x8: {price: {perAcceleratorHour: "2.30"}}
              b200x8: {price: {perAcceleratorHour: 3.1}}
              mi300x8: {price: {perAcceleratorHour: "1.70"}}
            """;

    private static final Pattern ROUGHLY =
            Pattern.compile("(?:list|spot) price (?:range [0-9.]+-|about )([0-9.]+), late 2026: replace with yours");

    static Stream<String> values() {
        return Stream.of("aws", "gcp", "azure", "nebius", "bare-metal")
                .flatMap(provider -> Stream.of("managed", "karpenter")
                        .map(nodes -> "provider: %s\nnodes: %s\nregion: here\nprefix: x-\n".formatted(provider, nodes)
                                + (provider.equals("bare-metal") ? OWN_PRICES : "")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTierFitsItsDefinitionAndMapsWithoutAnyProblem(String values) throws IOException {
        CustomResourceDefinition definition = WIRE.unmarshal(
                Files.readString(Path.of("..", "crds", "hardwaretiers.gearshift.dev.yaml")),
                CustomResourceDefinition.class);
        List<JsonNode> tiers = Chart.TIERS.objects(values);
        assertThat(tiers).hasSizeGreaterThan(3).allSatisfy(tier -> {
            assertThat(SchemaCheck.problems(tier, definition)).isEmpty();
            MappedTier mapped = TierMapping.map(WIRE.convertValue(tier, HardwareTier.class));
            assertThat(mapped.problems()).as("%s", tier).isEmpty();
            assertThat(mapped).isInstanceOf(MappedTier.Usable.class);
            assertThat(tier.at("/spec/region").asText()).isEqualTo("here");
            assertThat(tier.at("/spec/nodeSelector")).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyPriceHasADateAndASource(String values) {
        assertThat(Chart.TIERS.objects(values))
                .isNotEmpty()
                .extracting(tier -> tier.at("/spec/price/source").asText())
                .allSatisfy(source -> assertThat(source)
                        .matches(
                                "(list|spot) price \\S+ \\S+, .*SkyPilot catalogue v\\d, read 2026-\\d\\d; taken for here too: put in yours"
                                        + "|list price range [0-9.]+-[0-9.]+, late 2026: replace with yours"
                                        + "|(list|spot) price about [0-9.]+, late 2026: replace with yours"
                                        + "|set in release gearshift"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp"})
    void aPriceThatIsOnlyKnownRoughlyIsTheUpperEnd(String provider) {
        assertThat(Chart.TIERS.objects("provider: " + provider))
                .filteredOn(tier -> source(tier).contains("replace with yours"))
                .isNotEmpty()
                .allSatisfy(tier -> assertThat(ROUGHLY.matcher(source(tier)).replaceFirst("$1"))
                        .isEqualTo(tier.at("/spec/price/perAcceleratorHour").asText()));
    }

    @Test
    void aListPriceOfTheCataloguesOwnRegionHasNoWarning() {
        assertThat(Chart.TIERS.objects("provider: nebius"))
                .isNotEmpty()
                .allSatisfy(tier -> assertThat(tier.at("/spec/price/source").asText())
                        .doesNotContain("taken for")
                        .contains("eu-north1"));
    }

    @Test
    void spotAndOnDemandAreChosenApart() {
        assertThat(capacities("{provider: aws, spot: false}")).containsOnly("OnDemand");
        assertThat(capacities("{provider: aws, onDemand: false}")).containsOnly("Spot");
        assertThat(capacities("provider: bare-metal\n" + OWN_PRICES)).containsOnly("Reserved");
    }

    @Test
    void aTierIsChangedLeftOutOrAdded() {
        List<JsonNode> tiers = Chart.TIERS.objects("""
                provider: gcp
                onDemand: true
                only: [l4, a100-40]
                limit: 8
                tiers:
                  l4: {limit: 4, power: {watts: 60, gramsCo2PerKwh: 380}, price: {perAcceleratorHour: "0.55", source: our contract}}
                  a100-40: null
                  mine:
                    accelerator: {product: NVIDIA-H200}
                    price: {perAcceleratorHour: "2.20"}
                    nodeSelector: {pool: mine}
                """);
        assertThat(tiers).extracting(tier -> tier.at("/metadata/name").asText()).containsExactly("l4", "mine");
        assertThat(tiers.get(0).at("/spec/limit").asInt()).isEqualTo(4);
        assertThat(tiers.get(0).at("/spec/price/source").asText()).isEqualTo("our contract");
        assertThat(tiers.get(0).at("/spec/power/watts").asInt()).isEqualTo(60);
        assertThat(tiers.get(1).at("/spec/limit").asInt()).isEqualTo(8);
        assertThat(tiers.get(1).at("/spec/nodeSelector/pool").asText()).isEqualTo("mine");
    }

    private static String source(JsonNode tier) {
        return tier.at("/spec/price/source").asText();
    }

    private static List<String> capacities(String values) {
        return Chart.TIERS.objects(values).stream()
                .map(tier -> tier.at("/spec/capacityType").asText())
                .toList();
    }
}
