/** The vocabulary of the decision engine: values with units, what was declared, what was seen, what was decided. */
@NullMarked
package dev.gearshift.core.model;

import org.jspecify.annotations.NullMarked;
