package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.DeclaredEngine;

/**
 * An engine as it is declared: what it is, and where in its pod it can be reached.
 *
 * @param engine what it is
 * @param port what it serves HTTP on
 * @param metricsPort where its metrics are
 * @param metricsPath their path there, beginning with a slash
 */
public record EngineEndpoint(DeclaredEngine engine, int port, int metricsPort, String metricsPath) {

    /** What is known of such an engine. */
    public EngineFacts facts() {
        return EngineFacts.of(engine.type());
    }

    /** A regular expression, in Python's words, for the name and labels of its gauges of requests running and waiting. */
    public String load() {
        return engine.metrics()
                .map(names -> "(?:" + names.running() + "|" + names.waiting() + ")" + EngineFacts.LABELS)
                .or(() -> facts().load())
                .orElseThrow();
    }
}
