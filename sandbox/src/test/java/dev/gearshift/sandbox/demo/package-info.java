/** The demo as its users have it. */
@NullMarked
package dev.gearshift.sandbox.demo;

import org.jspecify.annotations.NullMarked;
