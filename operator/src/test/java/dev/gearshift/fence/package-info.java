/** The fence between the rooms of the house, as a test. */
@NullMarked
package dev.gearshift.fence;

import org.jspecify.annotations.NullMarked;
