/** A real Prometheus over simulated engines, where the program is found. */
@NullMarked
package dev.gearshift.sandbox.prometheus;

import org.jspecify.annotations.NullMarked;
