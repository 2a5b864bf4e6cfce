/** The decision engine: pure functions from what was observed to what should run. */
@NullMarked
package dev.gearshift.core;

import org.jspecify.annotations.NullMarked;
