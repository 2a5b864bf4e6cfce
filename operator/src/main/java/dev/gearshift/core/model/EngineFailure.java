package dev.gearshift.core.model;

import java.util.OptionalInt;

/**
 * Why an engine does not run.
 *
 * @param container the container that fails
 * @param cause the cluster's word for it, such as {@code CrashLoopBackOff}, {@code ImagePullBackOff}, {@code OOMKilled}
 * @param exitCode the last exit code, when it ran at all
 * @param message the last message, empty when there is none
 * @param restarts how often it was restarted
 */
public record EngineFailure(String container, String cause, OptionalInt exitCode, String message, int restarts) {}
