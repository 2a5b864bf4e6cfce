/** Objects as trees of maps, lists and scalars: how they merge, how they differ, and who owns which field. */
@NullMarked
package dev.gearshift.sandbox.apiserver.tree;

import org.jspecify.annotations.NullMarked;
