package dev.gearshift.sandbox.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ends when it is told to, and with this JVM in any case. What it writes goes to a file. */
final class ChildProcess {

    private static final Duration TO_END_BY_ITSELF = Duration.ofSeconds(10);
    private static final int LAST_LINES = 20;

    private final Process process;
    private final Path output;
    private final Thread onExit;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.onExit = new Thread(process::destroyForcibly, "end-" + process.pid());
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException when it cannot be run
     */
    static ChildProcess start(List<String> command, Path output) {
        try {
            ChildProcess child = new ChildProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
            Runtime.getRuntime().addShutdownHook(child.onExit);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.get(0), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended, but not longer than this. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it: it is asked to, and killed when it does not. */
    void end() {
        process.destroy();
        boolean interrupted = false;
        try {
            if (!endsWithin(TO_END_BY_ITSELF)) {
                kill();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        }
        forget();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The JVM is exiting, and the hook is running or has run.
            assert !process.isAlive();
        }
    }

    /** The last of what it wrote. */
    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(what it wrote cannot be read: " + e + ")";
        }
    }
}
