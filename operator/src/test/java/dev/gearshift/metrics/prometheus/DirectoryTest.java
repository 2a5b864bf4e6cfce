package dev.gearshift.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.MetricsSource.Target;
import dev.gearshift.metrics.PodKey;
import dev.gearshift.metrics.prometheus.Directory.Place;
import dev.gearshift.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final Target TARGET = new Target(new ModelKey("team", "chat"), new TierName("l4"), "chat-1", true);
    private final Directory directory = new Directory(TargetLabels.DEFAULT, List.of(TARGET));

    private static Sample sample(String namespace, String model, String tier, String pod) {
        List<String> labels = new ArrayList<>();
        String[] pairs = {
            "namespace", namespace, "gearshift_dev_model_deployment", model, "gearshift_dev_tier", tier, "pod", pod
        };
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                labels.add(pairs[i]);
                labels.add(pairs[i + 1]);
            }
        }
        return new Sample(labels, 0, 0);
    }

    @Test
    void theLabelsSayWhoseAnElementIs() {
        assertThat(directory.place(sample("team", "chat", "a100", "")))
                .isEqualTo(new Place(TARGET.model(), new TierName("a100")));
        assertThat(directory.place(sample("team", "other", "l4", ""))).isNull();
        assertThat(directory.place(sample("elsewhere", "chat", "l4", ""))).isNull();
        assertThat(directory.place(sample("team", "chat", "", ""))).isNull();
    }

    @Test
    void withoutThemThePodsNameDoes() {
        Place place = new Place(TARGET.model(), TARGET.tier());
        assertThat(directory.place(sample("team", "", "", "chat-1"))).isEqualTo(place);
        assertThat(directory.place(sample("team", "", "", "chat-2"))).isNull();
        assertThat(directory.isLabelled(place)).isFalse();
        directory.place(sample("team", "chat", "l4", ""));
        assertThat(directory.isLabelled(place)).isTrue();
        assertThat(directory.pod(sample("team", "", "", "chat-1"))).isEqualTo(PodKey.of(TARGET));
    }

    @Test
    void whoeverMakesUpTiersDoesNotFillTheMemory() {
        int known = 0;
        for (int i = 0; i < 1000; i++) {
            known += directory.place(sample("team", "chat", "tier-" + i, "")) == null ? 0 : 1;
        }
        assertThat(known).isEqualTo(64);
    }

    @Test
    void whatWasAskedForInAnotherEnginesWordsIsNotOurs() {
        Directory several = new Directory(TargetLabels.DEFAULT, List.of(TARGET), model -> "1");
        Sample labelled = sample("team", "chat", "l4", "chat-1");
        assertThat(several.place(labelled)).isNull();
        assertThat(several.pod(labelled)).isNull();
        for (String dialect : List.of("0", "1")) {
            List<String> labels = new ArrayList<>(labelled.labels());
            labels.addAll(List.of(Expressions.DIALECT, dialect));
            Sample told = new Sample(labels, 0, 0);
            assertThat(several.place(told) != null).isEqualTo(dialect.equals("1"));
            assertThat(several.pod(told) != null).isEqualTo(dialect.equals("1"));
        }
    }
}
