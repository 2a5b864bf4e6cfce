/** Scripted stories: the decision engine against a small cluster on a virtual clock. */
@NullMarked
package dev.gearshift.core.story;

import org.jspecify.annotations.NullMarked;
