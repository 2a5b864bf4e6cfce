package dev.gearshift.metrics.engine;

import java.util.Optional;

/**
 * What a pod serves, as far as its metrics are concerned.
 *
 * @param dialect what its engine calls its metrics
 * @param model the name it serves its model under; empty when it is not known
 */
public record Served(EngineDialect dialect, Optional<String> model) {}
