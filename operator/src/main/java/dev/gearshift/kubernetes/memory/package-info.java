/** What the planner remembers, kept in one ConfigMap for each model. */
@NullMarked
package dev.gearshift.kubernetes.memory;

import org.jspecify.annotations.NullMarked;
