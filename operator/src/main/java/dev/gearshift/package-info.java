/** Gearshift: a Kubernetes operator that autoscales language-model deployments to meet latency and cost SLOs. */
@NullMarked
package dev.gearshift;

import org.jspecify.annotations.NullMarked;
