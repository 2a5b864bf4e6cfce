package dev.gearshift.sandbox.e2e.failure;

import static dev.gearshift.sandbox.e2e.failure.Trouble.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.sandbox.cluster.Pods;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tiers that have nothing more to give. */
class StockOutTest {

    @Test
    void theNextBestTierIsUsedUntilTheCheaperOneHasSomethingAgain() {
        try (Trouble story = new Trouble("l4-spot", "l4", "h100")) {
            story.disturbances().stockOut(minute(8), minute(16), "l4-spot");
            story.requests(1, 4, 44).requests(4.5, 9, 44).declare().until(9);
            story.untilDecided(ReasonKind.STOCK_OUT, 12);
            double rose = story.minuteOf(ReasonKind.DEMAND_ROSE, 9);
            double out = story.minuteOf(ReasonKind.STOCK_OUT, 9);
            assertThat(out - rose).as(story::log).isLessThan(1);
            assertThat(story.condition("CapacityAvailable"))
                    .as(story::log)
                    .returns("False", condition -> condition.getStatus())
                    .returns("StockOut", condition -> condition.getReason());
            story.until(story.minutes() + 0.1);
            assertThat(story.ordered()).as(story::log).isEqualTo(Map.of("l4-spot", 1, "l4", 1));
            assertThat(story.pods(pod -> Pods.ofTier("l4-spot").test(pod) && !Pods.isScheduled(pod)))
                    .as(story::log)
                    .isEmpty();
            story.until(out + 4);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 1, "l4", 1));

            story.always(() -> assertThat(story.endpoints()).as(story::log).hasSizeGreaterThanOrEqualTo(2));
            story.untilDecided(ReasonKind.STOCK_OUT_PROBE, 36);
            assertThat(story.ordered()).as(story::log).isEqualTo(Map.of("l4-spot", 2, "l4", 1));
            story.until(44);
            assertThat(story.serving()).as(story::log).isEqualTo(Map.of("l4-spot", 2));
            assertThat(story.condition("CapacityAvailable").getReason())
                    .as(story::log)
                    .isEqualTo("Available");
            assertThat(story.failed()).as(story::log).isZero();
        }
    }

    @Test
    void aQuotaIsToldAsSuchAndLaterAskedAgain() {
        try (Trouble story = new Trouble("l4-spot", "l4")) {
            story.disturbances().quota(minute(8), minute(16), Trouble.NAMESPACE, 1);
            story.requests(1, 4, 30).requests(4.5, 9, 30).declare().until(9);
            story.untilDecided(ReasonKind.QUOTA_REACHED, 12).until(story.minutes() + 0.1);
            assertThat(story.condition("CapacityAvailable"))
                    .as(story::log)
                    .returns("False", condition -> condition.getStatus())
                    .returns("QuotaReached", condition -> condition.getReason());
            assertThat(story.endpoints()).hasSize(1);
            story.until(30);
            assertThat(story.endpoints()).as(story::log).hasSize(2);
            assertThat(story.condition("CapacityAvailable").getReason())
                    .as(story::log)
                    .isEqualTo("Available");
        }
    }
}
