package dev.gearshift.sandbox.prometheus;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that is run where {@link PrometheusServer#find} finds the program. Elsewhere it is passed over, and at
 * the end of the run one line says how many were.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PrometheusCondition.class)
public @interface NeedsPrometheus {}
