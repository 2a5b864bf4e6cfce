/** A GPU cluster in one JVM: API server, nodes, node autoscaler, kubelets and engines under real traffic. */
@NullMarked
package dev.gearshift.sandbox;

import org.jspecify.annotations.NullMarked;
