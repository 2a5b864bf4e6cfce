/** What the cluster is like, read from caches and put into the words of the decision engine. */
@NullMarked
package dev.gearshift.kubernetes.view;

import org.jspecify.annotations.NullMarked;
