/** Asks a server that speaks Prometheus's HTTP API; shared by the adapters that need one. */
@NullMarked
package dev.gearshift.prometheus;

import org.jspecify.annotations.NullMarked;
