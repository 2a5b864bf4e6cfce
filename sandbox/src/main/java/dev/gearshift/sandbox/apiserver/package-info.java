/** A Kubernetes API server inside the JVM: validation, server-side apply, watches and virtual time, over plain http. */
@NullMarked
package dev.gearshift.sandbox.apiserver;

import org.jspecify.annotations.NullMarked;
