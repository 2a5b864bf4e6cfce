/** The command line. */
@NullMarked
package dev.gearshift.cli;

import org.jspecify.annotations.NullMarked;
