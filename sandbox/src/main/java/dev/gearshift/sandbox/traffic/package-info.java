/** Engines in running pods and the requests that reach them through a Service. */
@NullMarked
package dev.gearshift.sandbox.traffic;

import org.jspecify.annotations.NullMarked;
