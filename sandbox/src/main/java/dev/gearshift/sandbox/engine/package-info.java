/** Simulated engines as the cluster sees them: each kind's metrics page, over HTTP. */
@NullMarked
package dev.gearshift.sandbox.engine;

import org.jspecify.annotations.NullMarked;
