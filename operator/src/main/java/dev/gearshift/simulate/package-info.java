/** A virtual engine, workloads that run through it, and what a constant fleet would have cost. */
@NullMarked
package dev.gearshift.simulate;

import org.jspecify.annotations.NullMarked;
