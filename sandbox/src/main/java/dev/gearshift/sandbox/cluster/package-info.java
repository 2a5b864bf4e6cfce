/** What lives around the API server of a GPU cluster: controllers, scheduler, node autoscaler, kubelets, and the world that drives them. */
@NullMarked
package dev.gearshift.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
