/** Where prices come from. */
@NullMarked
package dev.gearshift.pricing;

import org.jspecify.annotations.NullMarked;
