package dev.gearshift.kubernetes.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.BindingLimit;
import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.TierName;
import dev.gearshift.core.model.TierStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteWeightsTest {

    private static final TierName FAST = new TierName("fast");
    private static final TierName SLOW = new TierName("slow");

    @ParameterizedTest(name = "{0}×{1} and {2}×{3}, live {4}: {5}")
    @CsvSource({
        // ready and capacity of each; weights in force; weights
        "1, 3, 1, 1, , 750/250",
        "1, 3, 3, 1, , 500/500",
        "2, 1, 1, 1, , 667/333",
        "0, 3, 2, 1, , 0/1000",
        "0, 3, 0, 1, , 0/0",
        // A replica of one is worth a request or so: it is not left out.
        "40, 100, 1, 0.1, , 1000/1",
        // Noise is not written.
        "1, 3, 1, 1, 740/260, 740/260",
        "1, 3, 1, 1, 700/300, 750/250",
        // Zero is, whatever was there before.
        "0, 3, 1, 1, 10/990, 0/1000",
        "1, 0.01, 1, 9.99, 0/1000, 1/999",
        // Nothing is known of what either carries: replicas count alike.
        "3, 0, 1, 0, , 750/250",
    })
    void weightsFollowWhatReadyReplicasCarry(
            int fastReady, double fast, int slowReady, double slow, @Nullable String live, String expected) {
        assertThat(RouteWeights.of(
                        List.of(FAST, SLOW),
                        List.of(tier(FAST, fastReady, fast), tier(SLOW, slowReady, slow)),
                        weights(live)))
                .isEqualTo(weights(expected));
    }

    @Test
    void aTierThatLeftTheDeclarationIsTakenForTheSlowest() {
        TierStatus left = new TierStatus(
                SLOW, 0, 1, 0, 0, 0, HourlyCost.ofDollars("0"), Optional.empty(), new Seconds(1), Optional.empty());
        assertThat(RouteWeights.of(List.of(FAST, SLOW), List.of(tier(FAST, 3, 2), left), Collections.emptySortedMap()))
                .isEqualTo(weights("750/250"));
    }

    @Test
    void onlyTiersWithAServiceHaveAWeight() {
        assertThat(RouteWeights.of(
                        List.of(FAST), List.of(tier(FAST, 1, 2), tier(SLOW, 1, 2)), Collections.emptySortedMap()))
                .containsExactly(Map.entry(FAST, 1000));
    }

    private static TierStatus tier(TierName name, int ready, double capacity) {
        return new TierStatus(
                name,
                ready,
                ready,
                0,
                0,
                0,
                HourlyCost.ofDollars("0"),
                Optional.of(
                        new Capacity(new RequestRate(capacity), BindingLimit.TIME_TO_FIRST_TOKEN, Optional.empty())),
                new Seconds(1),
                Optional.empty());
    }

    private static SortedMap<TierName, Integer> weights(@Nullable String text) {
        SortedMap<TierName, Integer> weights = new TreeMap<>();
        List<String> parts = new ArrayList<>(text == null ? List.of() : List.of(text.split("/", -1)));
        if (!parts.isEmpty()) {
            weights.put(FAST, Integer.valueOf(parts.get(0)));
            weights.put(SLOW, Integer.valueOf(parts.get(1)));
        }
        return weights;
    }
}
