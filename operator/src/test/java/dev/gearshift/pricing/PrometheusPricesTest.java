package dev.gearshift.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.Watts;
import dev.gearshift.loop.Price;
import dev.gearshift.loop.PriceSource;
import dev.gearshift.loop.Quote;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.prometheus.CertificateFiles;
import dev.gearshift.prometheus.FakePrometheus;
import dev.gearshift.prometheus.PrometheusApi;
import dev.gearshift.prometheus.PrometheusSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prices over hours, on a clock of the test's own. */
@SuppressWarnings("NullAway.Init")
final class PrometheusPricesTest {

    private static final String TYPE = "node.kubernetes.io/instance-type";
    private static final Duration PLANNING = Duration.ofSeconds(15);

    private FakePrometheus server;
    private PrometheusApi api;
    private PrometheusPrices prices;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus(FakePrometheus.says(200, FakePrometheus.vector()));
        api = new PrometheusApi(new PrometheusSettings(
                server.url(),
                Duration.ofSeconds(30),
                new TreeMap<>(),
                Optional.empty(),
                CertificateFiles.NONE,
                1_000_000,
                1));
        prices = new PrometheusPrices(api, new TreeMap<>());
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void aDayInTheLifeOfASpotPrice() {
        TestTier spot = TestTier.named("l4-spot")
                .bought(CapacityType.SPOT)
                .declared("0.40")
                .selecting(TYPE, "g6.xlarge");
        assertThat(told(spot)).isEqualTo("0.4 declared: a list");

        // Karpenter knows what a node would cost before there is one.
        server.become(FakePrometheus.says(200, offered("0.35").json()));
        after(Duration.ofMinutes(5));
        assertThat(told(spot)).isEqualTo("0.35 Karpenter g6.xlarge spot z");

        // Once nodes are billed, that counts.
        spot.placed("p", "a", "g6.xlarge").placed("q", "b", "g6.xlarge");
        server.become(FakePrometheus.says(
                200, offered("0.35").node("a", "0.41").node("b", "0.43").json()));
        after(Duration.ofMinutes(5));
        assertThat(told(spot)).isEqualTo("0.42 OpenCost, 2 nodes");

        // Prometheus fails: the last price holds for an hour, and no longer.
        server.become(FakePrometheus.says(500, "down"));
        after(Duration.ofMinutes(5));
        assertThat(told(spot)).isEqualTo("0.42 OpenCost, 2 nodes, as of 2026-03-01T12:10:00Z");
        after(Duration.ofMinutes(55));
        assertThat(told(spot)).startsWith("0.42 OpenCost");
        after(PLANNING);
        assertThat(told(spot)).isEqualTo("0.4 declared: a list");

        // A price out of all bounds is not believed, and that is said; what is next in trust is asked.
        server.become(FakePrometheus.says(
                200, offered("0.36").node("a", "42").node("b", "43").json()));
        after(Duration.ofMinutes(5));
        assertThat(told(spot)).isEqualTo("0.36 Karpenter g6.xlarge spot z");
        assertThat(quote(spot).price().refused())
                .contains(new Price.Refused(PriceSource.OPENCOST, HourlyCost.ofDollars("42.5")));

        // The declared price is corrected: what was believed of Karpenter is not any more, and OpenCost is.
        spot.declared("40");
        assertThat(told(spot)).isEqualTo("40 declared: a list");
        assertThat(quote(spot).price().refused()).isEmpty();
        after(Duration.ofMinutes(5));
        assertThat(told(spot)).isEqualTo("42.5 OpenCost, 2 nodes");
    }

    @Test
    void theServerIsAskedEveryFiveMinutesHoweverOftenPlansAreMade() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        for (int i = 0; i < 41; i++) {
            quote(tier);
            after(PLANNING);
        }
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void zeroAndWhatIsNoNumberAreNotKnownRatherThanFree() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        server.become(FakePrometheus.says(200, Rows.none().node("a", "0.70").json()));
        assertThat(told(tier)).isEqualTo("0.7 OpenCost, 1 node");
        for (String value : List.of("0", "NaN", "-3", "+Inf")) {
            server.become(FakePrometheus.says(200, Rows.none().node("a", value).json()));
            after(Duration.ofMinutes(5));
            assertThat(told(tier)).isEqualTo("0.7 OpenCost, 1 node, as of 2026-03-01T12:00:00Z");
        }
    }

    @Test
    void aTierThatBecameAnotherThingHasNoPriceOfBefore() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        server.become(FakePrometheus.says(200, Rows.none().node("a", "0.70").json()));
        assertThat(told(tier)).startsWith("0.7 OpenCost");

        assertThat(told(tier.perNode(8))).isEqualTo("0.8 declared: a list");
    }

    @Test
    void powerIsToldForAnHourAfterItWasMeasuredLast() {
        TestTier tier = TestTier.named("l4").placed("p", "a", "t");
        server.become(FakePrometheus.says(200, Rows.none().power("a", "p", "61").json()));
        assertThat(quote(tier).power()).contains(new Watts(61));

        server.become(FakePrometheus.says(200, FakePrometheus.vector()));
        after(PrometheusPrices.MEMORY);
        assertThat(quote(tier).power()).contains(new Watts(61));
        after(PLANNING);
        assertThat(quote(tier).power()).isEmpty();
    }

    @Test
    void noAnswerHoweverDamagedMakesAPriceThatIsFreeOrBeyondTheBound() {
        TestTier tier = TestTier.named("l4")
                .bought(CapacityType.SPOT)
                .perNode(4)
                .selecting(TYPE, "g6.xlarge")
                .placed("p", "a", "g6.xlarge")
                .placed("q", "b", "g6.xlarge");
        String good = offered("3.1")
                .node("a", "3.2")
                .node("b", "2.9")
                .power("a", "p", "61")
                .json();
        HourlyCost declared = HourlyCost.ofDollars("0.80");
        int believed = 0;
        for (int seed = 0; seed < 400; seed++) {
            String damaged = damaged(good, new Random(seed));
            server.become(FakePrometheus.says(200, damaged));
            Price price = quote(tier).price();
            assertThat(price.perAccelerator())
                    .as("seed %d: %s", seed, damaged)
                    .isGreaterThanOrEqualTo(HourlyCost.ofDollars("0.20"))
                    .isLessThanOrEqualTo(declared.times(4));
            assertThat(price.source() != PriceSource.DECLARED
                            || price.perAccelerator().equals(declared))
                    .isTrue();
            believed += price.source() == PriceSource.DECLARED ? 0 : 1;
            after(Duration.ofMinutes(61));
        }
        assertThat(believed).as("some answers are still good").isBetween(50, 399);
    }

    /** Other values, other signs, bytes lost, doubled or turned over. */
    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        String[] values = {"0", "NaN", "-1", "+Inf", "1e308", "1e-320", "-0", "", "0x1p3", "12.8", "12.9", "0.79"};
        for (int change = 1 + random.nextInt(3); change > 0 && damaged.length() > 1; change--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(20)));
                case 2 -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 30)));
                default -> {
                    int from = damaged.indexOf("[1,\"", at);
                    if (from >= 0) {
                        int to = damaged.indexOf("\"", from + 4);
                        damaged.replace(from + 4, to < 0 ? from + 4 : to, values[random.nextInt(values.length)]);
                    }
                }
            }
        }
        return damaged.toString();
    }

    private static Rows offered(String price) {
        return Rows.none().offering("g6.xlarge", "spot", "z", price).available("g6.xlarge", "spot", "z", "1");
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private String told(TestTier tier) {
        Price price = quote(tier).price();
        return price.perAccelerator().perHour().dollars().stripTrailingZeros().toPlainString() + " " + price.origin();
    }

    private Quote quote(TestTier tier) {
        TierFacts facts = tier.facts();
        SortedMap<TierName, Quote> quotes = prices.quotes(List.of(facts), now);
        assertThat(quotes).containsOnlyKeys(facts.tier().name());
        return quotes.values().iterator().next();
    }
}
