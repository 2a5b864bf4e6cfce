/** The planning loop and its ports. */
@NullMarked
package dev.gearshift.loop;

import org.jspecify.annotations.NullMarked;
