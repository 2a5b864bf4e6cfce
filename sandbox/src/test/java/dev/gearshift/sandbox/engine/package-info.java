/** Simulated engines as the cluster sees them: metrics over HTTP. */
@NullMarked
package dev.gearshift.sandbox.engine;

import org.jspecify.annotations.NullMarked;
