/** Brings the cluster to what was planned, one reconciler a kind. */
@NullMarked
package dev.gearshift.kubernetes.reconcile;

import org.jspecify.annotations.NullMarked;
