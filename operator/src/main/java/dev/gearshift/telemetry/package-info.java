/** What the operator tells monitoring: meters made from decisions, times of its tasks, its health, and the pages that show them. */
@NullMarked
package dev.gearshift.telemetry;

import org.jspecify.annotations.NullMarked;
