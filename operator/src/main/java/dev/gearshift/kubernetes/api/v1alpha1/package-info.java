/** The custom resources as they are on the wire: read leniently, checked nowhere. */
@NullMarked
package dev.gearshift.kubernetes.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
