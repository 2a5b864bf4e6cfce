/** Virtual time: a clock that only the world moves, what is due when, and draws that depend on a seed alone. */
@NullMarked
package dev.gearshift.sandbox.time;

import org.jspecify.annotations.NullMarked;
