package dev.gearshift.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.kubernetes.mapping.FieldError;
import dev.gearshift.kubernetes.mapping.FieldError.Severity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedTextTest {

    private static final FieldError WARNING = new FieldError("spec.a", "is odd", "look", Severity.WARNING);
    private static final FieldError TIER = new FieldError("spec.tiers[1]", "is gone", "name another", Severity.TIER);
    private static final FieldError REFUSED = new FieldError("spec.b", "is 0", "write 1", Severity.REFUSED);

    @Test
    void theMostGraveProblemComesFirst() {
        assertThat(BoundedText.problems(List.of(WARNING, TIER, REFUSED), 200))
                .isEqualTo("spec.b is 0: write 1; spec.tiers[1] is gone: name another; spec.a is odd: look");
    }

    @Test
    void problemsThatDoNotFitAreCounted() {
        assertThat(BoundedText.problems(List.of(WARNING, TIER, REFUSED), 60))
                .isEqualTo("spec.b is 0: write 1; and 2 more");
    }

    @Test
    void howeverLongTheFirstProblemIsItIsThere() {
        FieldError endless = new FieldError("spec.c", "is " + "x".repeat(500), "write less", Severity.REFUSED);
        String line = BoundedText.problems(List.of(endless, WARNING), 100);
        assertThat(line).startsWith("spec.c is xxx").endsWith("x…; and 1 more").hasSize(100);
        assertThat(BoundedText.problems(List.of(endless), 100)).endsWith("x…").hasSize(100);
    }

    @Test
    void noNumberOfProblemsExceedsTheBound() {
        for (int count = 1; count < 60; count++) {
            List<FieldError> many = IntStream.range(0, count)
                    .mapToObj(i -> new FieldError("spec.f" + i, "is wrong", "mend it", Severity.REFUSED))
                    .toList();
            String line = BoundedText.problems(many, 300);
            int shown = line.split("is wrong", -1).length - 1;
            assertThat(line).hasSizeLessThanOrEqualTo(300);
            assertThat(shown < count).isEqualTo(line.endsWith("; and " + (count - shown) + " more"));
        }
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(BoundedText.cut("ab😀cd", 4)).isEqualTo("ab…");
        assertThat(BoundedText.cut("ab😀cd", 5)).isEqualTo("ab😀…");
        assertThat(BoundedText.cut("ab😀cd", 6)).isEqualTo("ab😀cd");
    }
}
