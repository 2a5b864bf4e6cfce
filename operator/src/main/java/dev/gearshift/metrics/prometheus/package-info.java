/** The metrics source of clusters with Prometheus: a constant number of queries for the whole fleet. */
@NullMarked
package dev.gearshift.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
