/** The real operator, run against the embedded cluster in virtual time. */
@NullMarked
package dev.gearshift.sandbox.operator;

import org.jspecify.annotations.NullMarked;
