/** What observations mean: histograms with their resolution, attainment as an interval, freshness. */
@NullMarked
package dev.gearshift.core.observe;

import org.jspecify.annotations.NullMarked;
