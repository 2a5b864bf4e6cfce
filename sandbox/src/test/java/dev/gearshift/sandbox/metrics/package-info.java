/** Both adapters of the metrics source over the same engines, in real time and with a real Prometheus. */
@NullMarked
package dev.gearshift.sandbox.metrics;

import org.jspecify.annotations.NullMarked;
