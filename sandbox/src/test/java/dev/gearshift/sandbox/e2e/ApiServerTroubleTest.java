package dev.gearshift.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.sandbox.apiserver.ClientRequest;
import dev.gearshift.sandbox.apiserver.Delivery;
import dev.gearshift.sandbox.apiserver.Fate;
import dev.gearshift.sandbox.apiserver.Interference;
import dev.gearshift.sandbox.apiserver.RequestCounters;
import dev.gearshift.sandbox.operator.OperatorInWorld;
import dev.gearshift.sandbox.traffic.Traffic;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server fails, and watches do not deliver as they should. */
final class ApiServerTroubleTest {

    /** The client asks once more itself after an error, and the controllers once more after that. */
    private static final int REQUESTS_A_FAILURE = 4;

    private record End(SortedMap<String, Integer> ordered, long failed, long requests, long writes) {}

    private static final End QUIET = life(fleet -> {});

    /** A model that is created, scaled up and changed while something is wrong. */
    private static End life(Consumer<Fleet> trouble) {
        try (Fleet fleet = Fleet.withOperator()) {
            trouble.accept(fleet);
            RequestCounters requests = fleet.sandbox().server().requests();
            fleet.apply(Fleet.chat());
            fleet.untilReady(Fleet.CHAT, 1);
            Traffic traffic = fleet.play(Fleet.CHAT, 0.5, Duration.ofMinutes(10));
            fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", 2));
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.apply(Fleet.chat()
                    .with("spec.scaling.minReplicas", 2)
                    .with("spec.template.spec.containers[0].image", "example.com/engine:changed"));
            fleet.pass(Duration.ofMinutes(10));
            fleet.untilReady(Fleet.CHAT, 2);
            fleet.until(Fleet.CHAT, "Converged", "Steady");
            return new End(
                    fleet.ordered(Fleet.CHAT),
                    traffic.account().failed(),
                    requests.requests().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    requests.effectiveWrites());
        }
    }

    private static Interference failing(int code, boolean isDone, AtomicInteger failures) {
        AtomicInteger asked = new AtomicInteger();
        return request -> {
            if (!isOfTheOperator(request) || asked.incrementAndGet() % 5 != 0) {
                return Fate.ANSWERED;
            }
            failures.incrementAndGet();
            return isDone ? Fate.doneButFailed(code) : Fate.refused(code);
        };
    }

    private static boolean isOfTheOperator(ClientRequest request) {
        return request.client().equals(OperatorInWorld.CLIENT)
                && !request.verb().equals("watch");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 504})
    void everyFifthRequestFailsAndTheOutcomeIsTheSame(int code) {
        AtomicInteger failures = new AtomicInteger();
        End troubled = life(fleet -> fleet.sandbox().server().interfere(failing(code, code == 504, failures)));
        assertThat(failures).hasPositiveValue();
        assertThat(troubled.ordered()).isEqualTo(QUIET.ordered());
        assertThat(troubled.failed()).isZero();
        assertThat(troubled.requests())
                .isLessThanOrEqualTo(QUIET.requests() + (long) REQUESTS_A_FAILURE * failures.get());
    }

    /** The controllers try again by the real clock, on which the world's time does not depend. */
    @ParameterizedTest
    @ValueSource(ints = {409, 500})
    void anObjectThatIsNotTakenAtFirstIsAppliedAgain(int code) {
        try (Fleet fleet = Fleet.withOperator()) {
            AtomicInteger tries = new AtomicInteger();
            fleet.sandbox()
                    .server()
                    .interfere(request -> isOfTheOperator(request)
                                    && request.kind().equals("apply Deployment")
                                    && tries.incrementAndGet() <= 2
                            ? Fate.refused(code)
                            : Fate.ANSWERED);
            fleet.apply(Fleet.chat());
            fleet.until("it is tried", Fleet.PATIENCE, () -> tries.get() > 0);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (fleet.ordered(Fleet.CHAT).isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            fleet.untilReady(Fleet.CHAT, 1);
            assertThat(tries).hasValue(3);
        }
    }

    @Test
    void watchesThatDeliverLateAndTwiceCostNothing() {
        End troubled = life(fleet -> fleet.sandbox().server().deliver(new Delivery(Duration.ofMillis(3), 2)));
        assertThat(troubled.ordered()).isEqualTo(QUIET.ordered());
        assertThat(troubled.failed()).isZero();
        assertThat(troubled.writes()).isLessThanOrEqualTo(QUIET.writes() + QUIET.writes() / 4);
    }

    @Test
    void watchesThatAreDroppedAreBegunAnewAndMissNothing() {
        try (Fleet fleet = Fleet.serving()) {
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            for (int minReplicas = 2; minReplicas <= 4; minReplicas++) {
                fleet.sandbox().server().dropWatches();
                fleet.apply(Fleet.chat().with("spec.scaling.minReplicas", minReplicas));
                fleet.untilReady(Fleet.CHAT, minReplicas);
            }
            long watches = requests.requests().entrySet().stream()
                    .filter(each -> each.getKey().startsWith("watch "))
                    .mapToLong(each -> each.getValue())
                    .sum();
            // Eleven informers, three times; one that meets a server that is just closing asks once more.
            assertThat(watches).isBetween(30L, 70L);
        }
    }

    @Test
    void aModelThatCannotBeAppliedKeepsNobodyElseFromBeingServed() {
        try (Fleet fleet = Fleet.withOperator()) {
            AtomicInteger tries = new AtomicInteger();
            fleet.sandbox().server().interfere(request -> {
                if (isOfTheOperator(request)
                        && request.verb().equals("apply")
                        && request.what().equals("Deployment")
                        && request.name().startsWith("poison-")) {
                    tries.incrementAndGet();
                    return Fate.refused(500);
                }
                return Fate.ANSWERED;
            });
            fleet.apply(Fleet.chat().named("poison"));
            fleet.apply(Fleet.chat());
            fleet.untilReady(Fleet.CHAT, 1);
            fleet.untilTold("poison", "Ready", "500");
            RequestCounters requests = fleet.sandbox().server().requests();
            requests.reset();
            tries.set(0);
            fleet.pass(Duration.ofHours(1));
            assertThat(tries.get()).isBetween(1, 100);
            assertThat(requests.effectiveWrites()).isLessThanOrEqualTo(2 * 12 + 12);
        }
    }
}
