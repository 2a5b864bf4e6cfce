/** Tests of the virtual engine and its workloads. */
@NullMarked
package dev.gearshift.simulate;

import org.jspecify.annotations.NullMarked;
