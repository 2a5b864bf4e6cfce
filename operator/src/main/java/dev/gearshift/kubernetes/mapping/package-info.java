/** From the wire to the engine's vocabulary: defaults, parsing and every field error. The only place that knows both sides. */
@NullMarked
package dev.gearshift.kubernetes.mapping;

import org.jspecify.annotations.NullMarked;
