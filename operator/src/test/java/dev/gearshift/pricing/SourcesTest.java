package dev.gearshift.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Watts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenCost, Karpenter and DCGM say of a tier, rule by rule. */
final class SourcesTest {

    private static final String TYPE = "node.kubernetes.io/instance-type";

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            0.70, 0.80, 0.90, 0.80, 'OpenCost, 3 nodes'
            0.70, 9.00, 0.80, 0.80, 'OpenCost, 3 nodes'
            0.70, 0.90, NaN,  0.80, 'OpenCost, 2 of 3 nodes'
            0.70, 0,    -1,   0.70, 'OpenCost, 1 of 3 nodes'
            0.70, +Inf, 2e6,  0.70, 'OpenCost, 1 of 3 nodes'
            0,    NaN,  1e-12, -,   -
            """)
    void openCostIsTheMedianOfTheNodesThatHaveAPrice(String a, String b, String c, String price, String origin) {
        Observed seen = Rows.none().node("a", a).node("b", b).node("c", c).observed();
        TestTier tier =
                TestTier.named("l4").placed("p", "a", "t").placed("q", "b", "t").placed("r", "c", "t");

        assertEstimate(OpenCostPrices.of(tier.facts(), seen), price, origin);
    }

    @Test
    void openCostChargesANodeOnceHoweverManyReplicasAreOnItAndDividesItByItsAccelerators() {
        Observed seen = Rows.none().node("a", "88").node("other", "3").observed();
        TestTier tier = TestTier.named("h100").perNode(8).placed("p", "a", "t").placed("q", "a", "t");

        assertEstimate(OpenCostPrices.of(tier.facts(), seen), "11", "OpenCost, 1 node");
    }

    @Test
    void openCostSaysNothingOfATierThatHasNoNode() {
        assertThat(OpenCostPrices.of(
                        TestTier.named("l4").facts(), Rows.none().node("a", "1").observed()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,SPOT,true", "0,SPOT,false", "1,ON_DEMAND,false", "0,ON_DEMAND,true", "0,RESERVED,true"})
    void openCostIsNotAskedAboutANodeItTakesForAnotherKind(String spot, CapacityType how, boolean believed) {
        Observed seen = Rows.none().node("a", "0.4").nodeSpot("a", spot).observed();

        assertThat(OpenCostPrices.of(
                                TestTier.named("l4")
                                        .bought(how)
                                        .placed("p", "a", "t")
                                        .facts(),
                                seen)
                        .isPresent())
                .isEqualTo(believed);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "0.6,true", "NaN,true"})
    void openCostIsNotAskedAboutANodeWhoseAcceleratorsItDoesNotSee(String gpu, boolean believed) {
        Observed seen = Rows.none().node("a", "0.4").nodeGpu("a", gpu).observed();

        assertThat(OpenCostPrices.of(TestTier.named("l4").placed("p", "a", "t").facts(), seen)
                        .isPresent())
                .isEqualTo(believed);
    }

    @Test
    void karpenterIsTheCheapestOfferingThatFitsAndCanBeHad() {
        Observed seen = Rows.none()
                .offering("g6.xlarge", "spot", "us-east-1a", "0.30")
                .available("g6.xlarge", "spot", "us-east-1a", "0")
                .offering("g6.xlarge", "spot", "us-east-1b", "0.45")
                .available("g6.xlarge", "spot", "us-east-1b", "1")
                .offering("g6.xlarge", "spot", "us-east-1c", "0.40")
                .available("g6.xlarge", "spot", "us-east-1c", "1")
                .offering("g6.xlarge", "on-demand", "us-east-1c", "0.80")
                .offering("g6.xlarge", "reserved", "us-east-1c", "0.00000008")
                .offering("g5.xlarge", "spot", "us-east-1c", "0.10")
                .observed();
        TestTier tier = TestTier.named("l4").selecting(TYPE, "g6.xlarge").bought(CapacityType.SPOT);

        assertEstimate(KarpenterPrices.of(tier.facts(), seen), "0.40", "Karpenter g6.xlarge spot us-east-1c");
        assertEstimate(
                KarpenterPrices.of(
                        tier.selecting("topology.kubernetes.io/zone", "us-east-1a")
                                .facts(),
                        seen),
                "0.30",
                "Karpenter g6.xlarge spot us-east-1a");
    }

    @ParameterizedTest
    @CsvSource({"SPOT,-,spot", "ON_DEMAND,-,on-demand", "RESERVED,-,-", "ON_DEMAND,spot,spot", "SPOT,reserved,-"})
    void karpentersCapacityTypeIsTheSelectorsElseTheDeclaredOne(CapacityType how, String selected, String expected) {
        Observed seen = Rows.none()
                .offering("g6.xlarge", "spot", "z", "0.40")
                .offering("g6.xlarge", "on-demand", "z", "0.80")
                .offering("g6.xlarge", "reserved", "z", "0.01")
                .observed();
        TestTier tier = TestTier.named("l4").selecting(TYPE, "g6.xlarge").bought(how);
        if (!selected.equals("-")) {
            tier.selecting("karpenter.sh/capacity-type", selected);
        }

        assertThat(KarpenterPrices.of(tier.facts(), seen).map(Estimate::origin).orElse("Karpenter g6.xlarge - z"))
                .isEqualTo("Karpenter g6.xlarge " + expected + " z");
    }

    @Test
    void karpentersInstanceTypesAreTheSelectorsElseThoseOfTheNodes() {
        Observed seen =
                Rows.none().offering("p5.48xlarge", "on-demand", "z", "98.32").observed();

        assertThat(KarpenterPrices.of(TestTier.named("h100").facts(), seen)).isEmpty();
        assertEstimate(
                KarpenterPrices.of(
                        TestTier.named("h100")
                                .perNode(8)
                                .placed("p", "a", "p5.48xlarge")
                                .facts(),
                        seen),
                "12.29",
                "Karpenter p5.48xlarge on-demand z");
    }

    @Test
    void powerIsTheMeanOverTheAcceleratorsOfTheTiersPods() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t").placed("q", "b", "t");
        Observed seen = Rows.none()
                .power("a", "p", "60")
                .power("b", "q", "70")
                .power("b", "stranger", "10")
                .power("b", "q", "9223372036854775794")
                .power("b", "q", "0")
                .power("b", "q", "NaN")
                .observed();

        assertThat(DcgmPower.of(tier.facts(), seen)).contains(new Watts(65));
    }

    @Test
    void podsAreFoundWhetherOrNotPrometheusRenamedTheirLabels() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        Observed honoured = Rows.none()
                .row("50", "kind", "power", "Hostname", "x", "namespace", "team", "pod", "p")
                .observed();

        assertThat(DcgmPower.of(tier.facts(), honoured)).contains(new Watts(50));
    }

    @Test
    void whereNoPodIsNamedThePowerIsThatOfTheNodes() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        Observed seen = Rows.none()
                .row("50", "kind", "power", "Hostname", "a")
                .row("20", "kind", "power", "Hostname", "b")
                .observed();

        assertThat(DcgmPower.of(tier.facts(), seen)).contains(new Watts(50));
        assertThat(DcgmPower.of(TestTier.named("none").facts(), seen)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.20,0.80,true",
        "0.199999999,0.80,false",
        "3.20,0.80,true",
        "3.200000001,0.80,false",
        "0,0.80,false",
        "-1,0.80,false",
        "0.01,0,false",
        "0,0,false"
    })
    void aPriceIsBelievedFromAQuarterToFourTimesTheDeclaredOne(String said, String declared, boolean believed) {
        assertThat(Plausible.is(HourlyCost.ofDollars(said), HourlyCost.ofDollars(declared)))
                .isEqualTo(believed);
    }

    private static void assertEstimate(Optional<Estimate> found, String price, String origin) {
        if (price == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found.map(Estimate::perAccelerator)).contains(HourlyCost.ofDollars(price));
            assertThat(found.map(Estimate::origin)).contains(origin);
        }
    }
}
