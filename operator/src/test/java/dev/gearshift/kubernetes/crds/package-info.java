/** Makes the files in {@code crds/} from the wire types, and holds them to the code. */
@NullMarked
package dev.gearshift.kubernetes.crds;

import org.jspecify.annotations.NullMarked;
