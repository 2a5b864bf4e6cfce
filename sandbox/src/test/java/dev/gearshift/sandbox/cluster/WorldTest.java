package dev.gearshift.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.sandbox.traffic.Traffic;
import dev.gearshift.simulate.ChatWorkload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {

    @Test
    void equalSeedsGiveEqualLogsAndOutcomes() {
        List<Object> first = turbulentHalfHour(11);
        assertThat(turbulentHalfHour(11)).isEqualTo(first);
        assertThat(turbulentHalfHour(12)).isNotEqualTo(first);
    }

    private static List<Object> turbulentHalfHour(long seed) {
        try (Story story = new Story(seed, options -> options)) {
            Traffic traffic = chat(story, Duration.ofMinutes(30), seed, 0.5);
            story.world.disturbances().spotInterruption(Duration.ofMinutes(10), "l4-spot");
            story.world.disturbances().stockOut(Duration.ofMinutes(9), Duration.ofMinutes(14), "l4-spot");
            story.world.disturbances().nodeLoss(Duration.ofMinutes(20), "l4");
            story.until(1800);
            List<Object> all = new ArrayList<>(story.world.log().lines());
            all.addAll(traffic.account().outcomes());
            return all;
        }
    }

    private static Traffic chat(Story story, Duration duration, long seed, double scale) {
        story.deploy("chat", "l4", 4).deploy("chat", "l4-spot", 6).service("chat");
        return story.world.play(new Traffic(
                Story.NAMESPACE, "chat", new ChatWorkload(duration, seed, scale).generate(), new Seed(seed)));
    }

    @Test
    void anHourOfTenReplicasPassesInSeconds() {
        try (Story story = new Story(5, options -> options)) {
            Traffic traffic = chat(story, Duration.ofHours(1), 5, 1.2);
            List<Instant> ticks = new ArrayList<>();
            story.world.ticker().every("planning", Duration.ofSeconds(15), ticks::add);
            long begin = System.nanoTime();
            story.until(3600);
            System.out.printf(
                    "an hour with %d requests on %d pods: %.2f s, %d served, %s failed, %d writes%n",
                    traffic.account().arrivals(),
                    story.pods().size(),
                    (System.nanoTime() - begin) / 1e9,
                    traffic.account().served(),
                    traffic.account().failedByCause(),
                    story.world.cluster().writes());
            assertThat(ticks).hasSize(240).last().isEqualTo(Story.at(3600));
            assertThat(traffic.account().arrivals())
                    .isEqualTo(traffic.account().served()
                            + traffic.account().failed()
                            + traffic.account().unfinished());
        }
    }

    @Test
    void whatAnOperatorWritesAtAnInstantIsCarriedOutAtThatInstant() {
        try (Story story = new Story().deploy("chat", "l4", 1)) {
            List<Integer> podsSeenAtTheGate = new ArrayList<>();
            story.world.ticker().every("planning", Duration.ofSeconds(15), now -> story.scale("chat-l4", 3));
            story.world.waitAt(now -> {
                podsSeenAtTheGate.add(story.pods().size());
                if (story.pods().size() == 3) {
                    story.scale("chat-l4", 4);
                }
            });
            story.until(14);
            assertThat(podsSeenAtTheGate).isNotEmpty().containsOnly(1);
            story.until(15);
            assertThat(story.world.now()).isEqualTo(Story.at(15));
            assertThat(story.podNames()).hasSize(4);
            assertThat(podsSeenAtTheGate).last().isEqualTo(4);
        }
    }

    @Test
    void aTaskThatThrowsRunsAgain() {
        try (Story story = new Story()) {
            List<Instant> runs = new ArrayList<>();
            story.world.ticker().every("scrape", Duration.ofSeconds(5), now -> {
                runs.add(now);
                throw new IllegalStateException("no answer");
            });
            story.until(12);
            assertThat(runs).containsExactly(Story.at(5), Story.at(10));
        }
    }
}
