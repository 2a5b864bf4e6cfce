package dev.gearshift.sandbox.prometheus;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Passes over what {@link NeedsPrometheus needs Prometheus} where there is none, and says so once. */
final class PrometheusCondition implements ExecutionCondition {

    /** Counts what was passed over; JUnit closes it when all tests have been run. */
    static final class PassedOver implements AutoCloseable {

        private final AtomicInteger tests = new AtomicInteger();

        void add(int more) {
            tests.addAndGet(more);
        }

        String line() {
            int count = tests.get();
            return "prometheus is not on PATH: "
                    + (count == 1 ? "1 test that needs it is" : count + " tests that need it are") + " passed over";
        }

        @Override
        public void close() {
            System.out.println(line());
        }
    }

    private final Optional<Path> program;

    PrometheusCondition() {
        this(PrometheusServer.find());
    }

    PrometheusCondition(Optional<Path> program) {
        this.program = program;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (program.isPresent()) {
            return ConditionEvaluationResult.enabled("prometheus is at " + program.get());
        }
        context.getRoot()
                .getStore(Namespace.create(PrometheusCondition.class))
                .getOrComputeIfAbsent(PassedOver.class, key -> new PassedOver(), PassedOver.class)
                .add(context.getTestMethod().isPresent() ? 1 : tests(context.getRequiredTestClass()));
        return ConditionEvaluationResult.disabled("prometheus is not on PATH");
    }

    /** Tests of a class; one with parameters counts once. */
    static int tests(Class<?> type) {
        return (int) Stream.of(type.getDeclaredMethods())
                .filter(PrometheusCondition::isTest)
                .count();
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }
}
