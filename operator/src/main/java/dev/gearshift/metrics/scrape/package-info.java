/** The metrics source of clusters without Prometheus: reads the engines' own pages and keeps short windows of them. */
@NullMarked
package dev.gearshift.metrics.scrape;

import org.jspecify.annotations.NullMarked;
