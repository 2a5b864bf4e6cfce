/** The search for the cheapest gear and the way from the present gear to it. */
@NullMarked
package dev.gearshift.core.plan;

import org.jspecify.annotations.NullMarked;
