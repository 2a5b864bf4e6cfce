/** The operator on a cluster: custom resources, what they mean, and what is made of them. */
@NullMarked
package dev.gearshift.kubernetes;

import org.jspecify.annotations.NullMarked;
