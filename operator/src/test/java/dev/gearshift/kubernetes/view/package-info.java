/** Tests of how the cluster is read. */
@NullMarked
package dev.gearshift.kubernetes.view;

import org.jspecify.annotations.NullMarked;
