/** What was decided and found, as people read it: status, conditions and events. Nothing is decided here. */
@NullMarked
package dev.gearshift.kubernetes.status;

import org.jspecify.annotations.NullMarked;
