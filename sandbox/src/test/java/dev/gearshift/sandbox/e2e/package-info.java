/** End-to-end tests of the operator: what a user declares, and what the cluster and the status look like afterwards. */
@NullMarked
package dev.gearshift.sandbox.e2e;

import org.jspecify.annotations.NullMarked;
