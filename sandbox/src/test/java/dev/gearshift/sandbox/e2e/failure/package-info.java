/** The real operator in a cluster in which things go wrong. */
@NullMarked
package dev.gearshift.sandbox.e2e.failure;

import org.jspecify.annotations.NullMarked;
