package dev.gearshift.kubernetes.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * An object as it should be, and as it is.
 *
 * @param desired as it should be; only fields that are ours
 * @param live as the cache has it; empty when there is none of ours
 * @param <R> its kind
 */
record Wanted<R extends HasMetadata>(R desired, Optional<R> live) {}
