package dev.gearshift.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.prometheus.CircuitBreaker.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final CircuitBreaker breaker = new CircuitBreaker();
    private Instant now = Instant.EPOCH;

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(now);
        }
    }

    @Test
    void itOpensAfterThreeFailuresInARow() {
        fail(2);
        breaker.answered();
        fail(2);
        assertThat(breaker.state(now)).isEqualTo(State.CLOSED);
        fail(1);
        assertThat(breaker.state(now)).isEqualTo(State.OPEN);
    }

    @Test
    void pausesDoubleUpToTheLongestAndAnAnswerForgetsThem() {
        fail(3);
        for (int seconds : new int[] {15, 30, 60, 120, 120}) {
            assertThat(breaker.state(now.plusSeconds(seconds - 1))).isEqualTo(State.OPEN);
            now = now.plusSeconds(seconds);
            assertThat(breaker.state(now)).isEqualTo(State.TRYING);
            fail(1);
        }
        breaker.answered();
        assertThat(breaker.state(now)).isEqualTo(State.CLOSED);
        fail(3);
        assertThat(breaker.until()).contains(now.plusSeconds(15));
    }
}
