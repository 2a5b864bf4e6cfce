package dev.gearshift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.core.model.Gear;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.core.model.Spreading;
import dev.gearshift.core.model.TierName;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MixRuleTest {

    private static final TierName FAST = new TierName("fast");
    private static final TierName SLOW = new TierName("slow");
    private static final TierName OTHER = new TierName("other");

    @Test
    void aSlowReplicaDoesNotJoinFewFastOnes() {
        assertThat(MixRule.mayJoin(Gear.of(FAST, 2), Gear.of(SLOW, 6), capacities(23.5, 7, 1)))
                .isFalse();
    }

    @Test
    void aFasterReplicaMayAlwaysJoin() {
        assertThat(MixRule.mayJoin(Gear.of(SLOW, 3), Gear.of(FAST, 1), capacities(23.5, 7, 1)))
                .isTrue();
    }

    @Test
    void theSameHardwareBoughtOtherwiseMayJoin() {
        assertThat(MixRule.mayJoin(Gear.of(FAST, 3), Gear.of(SLOW, 1), capacities(7, 7, 1)))
                .isTrue();
    }

    @Test
    void aLittleSlowerReplicaMayJoinFewButNotMany() {
        assertThat(MixRule.mayJoin(Gear.of(FAST, 3), Gear.of(SLOW, 1), capacities(10, 8, 1)))
                .isTrue();
        assertThat(MixRule.mayJoin(Gear.of(FAST, 9), Gear.of(SLOW, 1), capacities(10, 8, 1)))
                .isFalse();
    }

    @Test
    void nobodyIsSlowedDownWhereNobodyServes() {
        assertThat(MixRule.mayJoin(Gear.EMPTY, Gear.of(SLOW, 1), capacities(10, 1, 1)))
                .isTrue();
        assertThat(MixRule.mayJoin(Gear.of(FAST, 1), Gear.EMPTY, capacities(10, 1, 1)))
                .isTrue();
    }

    @Test
    void anUnknownCapacityIsRefused() {
        assertThatThrownBy(() ->
                        MixRule.mayJoin(Gear.of(FAST, 1), Gear.of(new TierName("unknown"), 1), capacities(10, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void itAgreesWithTryingEverySetOfReadyReplicas() {
        for (long seed = 1; seed <= 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SortedMap<TierName, RequestRate> capacities =
                    capacities(1 + random.nextInt(10), 1 + random.nextInt(10), 1 + random.nextInt(10));
            Gear serving = Gear.of(FAST, 1 + random.nextInt(6));
            Gear joining = Gear.of(SLOW, random.nextInt(4)).with(OTHER, random.nextInt(4));
            double before = GearCapacity.of(serving, capacities, Spreading.EVEN).perSecond();
            boolean safe = true;
            for (int slow = 0; slow <= joining.on(SLOW); slow++) {
                for (int other = 0; other <= joining.on(OTHER); other++) {
                    Gear ready = serving.with(SLOW, slow).with(OTHER, other);
                    safe &= GearCapacity.of(ready, capacities, Spreading.EVEN).perSecond() >= before - 1e-9;
                }
            }
            assertThat(MixRule.mayJoin(serving, joining, capacities))
                    .as("seed " + seed + ": " + serving + " joined by " + joining + " at " + capacities)
                    .isEqualTo(safe);
        }
    }

    private static SortedMap<TierName, RequestRate> capacities(double fast, double slow, double other) {
        SortedMap<TierName, RequestRate> capacities = new TreeMap<>();
        capacities.put(FAST, new RequestRate(fast));
        capacities.put(SLOW, new RequestRate(slow));
        capacities.put(OTHER, new RequestRate(other));
        return capacities;
    }
}
