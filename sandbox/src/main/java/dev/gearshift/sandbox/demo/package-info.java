/** The demo: an hour of traffic on the embedded cluster, with the real operator holding its targets. */
@NullMarked
package dev.gearshift.sandbox.demo;

import org.jspecify.annotations.NullMarked;
