/** The desired form of each object a model deployment owns: exactly the fields Gearshift wants to own, for server-side apply. */
@NullMarked
package dev.gearshift.kubernetes.dependent;

import org.jspecify.annotations.NullMarked;
