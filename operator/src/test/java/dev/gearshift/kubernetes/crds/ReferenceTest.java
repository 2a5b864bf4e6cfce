package dev.gearshift.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reference.md} to the definitions; that the files in {@code crds} are those is {@link CrdsTest}'s. */
class ReferenceTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference.md");

    @Test
    void theCommittedReferenceIsWhatTheDefinitionsSay() throws IOException {
        String reference =
                ReferenceGenerator.markdown(List.of(CrdGenerator.modelDeployments(), CrdGenerator.hardwareTiers()));
        if (Boolean.getBoolean("gearshift.reference.write")) {
            Files.writeString(DOCUMENT, reference);
        }
        assertThat(DOCUMENT)
                .as(
                        "run mvn -pl operator test -Dtest=ReferenceTest -Dgearshift.reference.write=true and commit %s",
                        DOCUMENT)
                .hasContent(reference);
    }

    @Test
    void everyFieldHasARow() {
        String reference =
                ReferenceGenerator.markdown(List.of(CrdGenerator.modelDeployments(), CrdGenerator.hardwareTiers()));
        assertThat(reference)
                .contains("| `spec.model.name` | string | required; at most 253 characters | ")
                .contains("| `spec.tiers[].performance.stepBaseMillis` | number | required; above 0 to 60000 | ")
                .contains("| `spec.scaling.mode` | `Auto`, `Recommend`, `Paused` | default `Auto` | ")
                .contains("| `spec.price.perAcceleratorHour` | US dollars as text, such as `\"0.80\"` | required | ")
                .contains("| `status.tiers[].stockOutUntil` | ")
                .contains("Checked: minReplicas must not be above maxReplicas");
    }
}
