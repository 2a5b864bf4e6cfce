package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:01.5Z");
    private static final Instant LATER = Instant.parse("2026-03-01T12:05:00Z");
    private static final EventText NEWS = new EventText(true, "StockOut", "no further l4 can be had");

    @Test
    void anEventIsAboutItsObject() {
        Event event = NEWS.about(Declared.model(), NOW);
        assertThat(Declared.WIRE.asYaml(event))
                .isEqualTo("""
                        ---
                        apiVersion: "v1"
                        kind: "Event"
                        metadata:
                          name: "chat.%s"
                          namespace: "assistants"
                        count: 1
                        firstTimestamp: "2026-03-01T12:00:01Z"
                        involvedObject:
                          apiVersion: "gearshift.dev/v1alpha1"
                          kind: "ModelDeployment"
                          name: "chat"
                          namespace: "assistants"
                          uid: "7c0ffee"
                        lastTimestamp: "2026-03-01T12:00:01Z"
                        message: "no further l4 can be had"
                        reason: "StockOut"
                        reportingComponent: "gearshift"
                        source:
                          component: "gearshift"
                        type: "Warning"
                        """.formatted(event.getMetadata().getName().substring("chat.".length())));
        assertThat(event.getMetadata().getName()).matches("chat\\.[0-9a-f]{16}");
    }

    @Test
    void theSameNewsHasTheSameNameAndOtherNewsAnother() {
        String name = name(NEWS, Declared.model());
        ModelDeployment recreated = Declared.model();
        recreated.getMetadata().setUid("another");
        assertThat(NEWS.about(Declared.model(), LATER).getMetadata().getName()).isEqualTo(name);
        assertThat(name(new EventText(true, "StockOut", "no further h100 can be had"), Declared.model()))
                .isNotEqualTo(name);
        assertThat(name(new EventText(true, "QuotaReached", NEWS.message()), Declared.model()))
                .isNotEqualTo(name);
        assertThat(name(NEWS, recreated)).isNotEqualTo(name);
    }

    @Test
    void newsThatComeAgainAreCounted() {
        Event twice = EventText.again(NEWS.about(Declared.model(), NOW), LATER);
        assertThat(twice.getCount()).isEqualTo(2);
        assertThat(twice.getFirstTimestamp()).isEqualTo("2026-03-01T12:00:01Z");
        assertThat(twice.getLastTimestamp()).isEqualTo("2026-03-01T12:05:00Z");
        assertThat(EventText.again(twice, LATER).getCount()).isEqualTo(3);
    }

    @Test
    void aMessageIsNeverLongerThanAnEventMayHave() {
        assertThat(new EventText(false, "Drained", "x".repeat(3000)).message()).hasSize(1024);
    }

    private static String name(EventText text, ModelDeployment about) {
        return text.about(about, NOW).getMetadata().getName();
    }
}
