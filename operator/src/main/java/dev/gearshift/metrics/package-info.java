/** Adapters of the metrics source: where throughput and latency come from. */
@NullMarked
package dev.gearshift.metrics;

import org.jspecify.annotations.NullMarked;
