package dev.gearshift.sandbox.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.e2e.failure.CrashStory.Left;
import dev.gearshift.sandbox.e2e.failure.CrashStory.Moment;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies before and after each kind of write it makes, and another one is started that remembers nothing. Kinds share
 * lives, since each write is the first of its kind only once and the next operator has to cope with what is left in any case.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashTest {

    /** Every kind of write of the operator's; in the order in which a life is dealt out to them. */
    private static final SortedSet<String> WRITES = new TreeSet<>(Set.of(
            "apply ConfigMap",
            "apply Deployment",
            "apply HardwareTier/status",
            "apply ModelDeployment/status",
            "apply PodDisruptionBudget",
            "apply Service",
            "create Event",
            "delete Deployment",
            "delete Service",
            "patch Deployment",
            "patch Event",
            "patch Pod"));

    private static final int LIVES = 2;

    private Left undisturbed = new Left(List.of(), List.of());
    private SortedSet<String> written = new TreeSet<>();

    @BeforeAll
    void playUndisturbed() {
        try (CrashStory story = new CrashStory(Set.of(), Moment.BEFORE)) {
            undisturbed = story.play();
            written = story.written();
            assertThat(story.trouble.failed()).as(story.trouble::log).isZero();
        }
    }

    @Test
    void theseAreAllTheWritesThereAre() {
        assertThat(written).isEqualTo(WRITES);
        assertThat(undisturbed.afterwards()).isEmpty();
    }

    static Stream<Arguments> groups() {
        return Stream.of(Moment.values())
                .flatMap(moment ->
                        Stream.iterate(0, i -> i + 1).limit(LIVES).map(life -> Arguments.of(moment, group(life))));
    }

    private static SortedSet<String> group(int life) {
        SortedSet<String> group = new TreeSet<>();
        int i = 0;
        for (String write : WRITES) {
            if (i++ % LIVES == life) {
                group.add(write);
            }
        }
        return group;
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aKilledOperatorLeavesWhatTheNextOneFinishes(Moment moment, SortedSet<String> writes) {
        try (CrashStory story = new CrashStory(writes, moment)) {
            Left left = story.play();
            assertThat(story.deaths()).as(story.trouble::log).isEqualTo(writes);
            assertThat(left.atRest()).as(story.trouble::log).isEqualTo(undisturbed.atRest());
            assertThat(left.afterwards()).as(story.trouble::log).isEmpty();
            assertThat(story.trouble.failed()).as(story.trouble::log).isZero();
            assertThat(story.trouble.unfinished()).as(story.trouble::log).isZero();
        }
    }
}
