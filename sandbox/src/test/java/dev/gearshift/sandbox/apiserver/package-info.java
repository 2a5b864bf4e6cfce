/** The embedded API server as the real client sees it. */
@NullMarked
package dev.gearshift.sandbox.apiserver;

import org.jspecify.annotations.NullMarked;
