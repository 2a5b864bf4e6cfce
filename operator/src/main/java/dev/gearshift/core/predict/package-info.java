/** What one replica can carry inside its targets, and how much demand is coming. */
@NullMarked
package dev.gearshift.core.predict;

import org.jspecify.annotations.NullMarked;
