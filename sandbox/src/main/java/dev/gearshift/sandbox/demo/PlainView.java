package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.ReasonText;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The demo as plain lines, for logs and pipes: what happens when it happens, and where things stand now and then. */
final class PlainView implements DemoView {

    static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Duration interval;
    private Duration next = Duration.ZERO;

    /**
     * A view.
     *
     * @param interval how often it says where things stand, in the cluster's time
     */
    PlainView(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval;
    }

    @Override
    public void show(DemoFrame frame) {
        if (frame.elapsed().compareTo(next) < 0) {
            return;
        }
        next = frame.elapsed().plus(interval);
        for (DemoFrame.ModelFrame model : frame.models()) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s  = %s: %s, gear %s, %s",
                    CLOCK.format(frame.clock()),
                    model.name(),
                    ReasonText.quantity(model.demand()),
                    model.decision()
                            .map(decision -> decision.plan().gear().toString())
                            .orElse("none yet"),
                    ReasonText.hourly(frame.rate())));
            for (DemoFrame.Fared fared : model.latency()) {
                line.append(", ")
                        .append(Labels.of(fared.target()))
                        .append(' ')
                        .append(ReasonText.quantity(fared.attainment()));
            }
            out.println(line);
        }
        frame.prometheus().ifPresent(use -> out.println(CLOCK.format(frame.clock()) + "  = prometheus: " + use.now()));
    }

    @Override
    public void tell(Instant time, String what) {
        out.println(CLOCK.format(time) + "  " + what);
    }

    @Override
    public void close() {
        out.flush();
    }
}
