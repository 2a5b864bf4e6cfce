/** Rules that keep a plan safe, one rule a file. */
@NullMarked
package dev.gearshift.core.guard;

import org.jspecify.annotations.NullMarked;
