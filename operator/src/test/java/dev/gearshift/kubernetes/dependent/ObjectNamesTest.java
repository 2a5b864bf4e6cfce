package dev.gearshift.kubernetes.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNamesTest {

    /** These may never change: objects of these names are on clusters. */
    @ParameterizedTest
    @CsvSource({
        "chat, l4, chat-l4-4327",
        "chat, a-b, chat-a-b-b96b",
        "chat-a, b, chat-a-b-c8b7",
        "a234567890123456789012345678901234567890, b2345678901234567890, a234567890123456789012345678901234567890-b2345678901234567-4916"
    })
    void aNameIsTheSameForEver(String model, String tier, String name) {
        assertThat(ObjectNames.tier(model, new TierName(tier))).isEqualTo(name);
    }

    @Test
    void theLongestNamesFitADnsLabel() {
        String model = "m".repeat(GearshiftApi.MODEL_NAME_LENGTH);
        String tier = "t".repeat(GearshiftApi.TIER_NAME_LENGTH);
        assertThat(ObjectNames.tier(model, new TierName(tier)))
                .hasSize(63)
                .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
                .isNotEqualTo(ObjectNames.tier(model, new TierName(tier.replaceFirst("t$", "u"))));
    }

    @Test
    void theFrontHasTheModelsOwnName() {
        assertThat(ObjectNames.front("chat")).isEqualTo("chat");
    }
}
