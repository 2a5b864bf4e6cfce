package dev.gearshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.time.Seed;
import dev.gearshift.simulate.SimulatedRequest;
import dev.gearshift.simulate.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LeadInTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    private static Workload steady(int seconds, int perSecond) {
        List<SimulatedRequest> requests = IntStream.range(0, seconds * perSecond)
                .mapToObj(i -> new SimulatedRequest(i, Duration.ofMillis(i * 1000L / perSecond), 100, 10))
                .toList();
        return new Workload(requests, Duration.ofSeconds(seconds));
    }

    private static long between(Workload workload, int fromMinute, int toMinute) {
        return workload.requests().stream()
                .filter(request -> request.arrival().compareTo(Duration.ofMinutes(fromMinute)) >= 0
                        && request.arrival().compareTo(Duration.ofMinutes(toMinute)) < 0)
                .count();
    }

    @Test
    void trafficGrowsEvenlyFromNothingToTheRateItBeginsWith() {
        Workload leadIn = LeadIn.of(steady(600, 10), LENGTH, new Seed(1));
        assertThat(leadIn.duration()).isEqualTo(LENGTH);
        assertThat(between(leadIn, 0, 2) / 1200.0).isBetween(0.07, 0.13);
        assertThat(between(leadIn, 4, 6) / 1200.0).isBetween(0.45, 0.55);
        assertThat(between(leadIn, 8, 10) / 1200.0).isBetween(0.85, 0.95);
    }

    @Test
    void aShortWorkloadIsPlayedAgain() {
        Workload leadIn = LeadIn.of(steady(90, 10), LENGTH, new Seed(1));
        assertThat(between(leadIn, 8, 10) / 1200.0).isBetween(0.85, 0.95);
    }

    @Test
    void equalSeedsGiveEqualRequests() {
        assertThat(LeadIn.of(steady(600, 5), LENGTH, new Seed(3)))
                .isEqualTo(LeadIn.of(steady(600, 5), LENGTH, new Seed(3)))
                .isNotEqualTo(LeadIn.of(steady(600, 5), LENGTH, new Seed(4)));
    }
}
