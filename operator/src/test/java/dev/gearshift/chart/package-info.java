/** Renders the charts in {@code helm/} with Helm itself, and holds them to the code, the definitions and the documents. */
@NullMarked
package dev.gearshift.chart;

import org.jspecify.annotations.NullMarked;
