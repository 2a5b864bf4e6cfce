/** Structural schemas of custom resources: defaults, pruning, validation and CEL rules in one walk. */
@NullMarked
package dev.gearshift.sandbox.apiserver.schema;

import org.jspecify.annotations.NullMarked;
