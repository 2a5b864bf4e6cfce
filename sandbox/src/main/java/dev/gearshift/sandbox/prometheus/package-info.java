/** A real Prometheus as a child process that scrapes simulated engines. */
@NullMarked
package dev.gearshift.sandbox.prometheus;

import org.jspecify.annotations.NullMarked;
