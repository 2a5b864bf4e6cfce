/** Stories of a cluster in virtual time. */
@NullMarked
package dev.gearshift.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
