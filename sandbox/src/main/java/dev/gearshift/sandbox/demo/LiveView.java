package dev.gearshift.sandbox.demo;

import dev.gearshift.core.model.Capacity;
import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.LatencyVerdict;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.core.model.TierStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The demo on a terminal: one screen, drawn anew in place a few times a second. */
final class LiveView implements DemoView {

    /** Lines of a wrapped sentence begin below its first word. */
    private static final String INDENT = " ".repeat(10);

    private static final int LINES_TOLD = 10;
    private static final int HISTORY = 60;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String OTHER_SCREEN = "\u001b[?1049h";
    private static final String FIRST_SCREEN = "\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final int width;
    private final Deque<String> told = new ArrayDeque<>();
    private final SortedMap<String, Deque<Double>> demand = new TreeMap<>();
    private Duration sampled = Duration.ofSeconds(-1);
    private boolean open = true;

    /**
     * A view that takes over the terminal.
     *
     * @param width columns of the terminal
     */
    LiveView(PrintStream out, int width) {
        this.out = out;
        this.width = width;
        out.print(OTHER_SCREEN + HIDE_CURSOR);
        out.flush();
    }

    @Override
    public void show(DemoFrame frame) {
        sample(frame);
        List<String> lines = new ArrayList<>();
        lines.add(BOLD + "Gearshift demo" + PLAIN + "   " + PlainView.CLOCK.format(frame.clock()) + "   "
                + progress(frame) + "   " + ReasonText.hourly(frame.rate()) + " now, " + ReasonText.money(frame.spent())
                + " so far");
        for (DemoFrame.ModelFrame model : frame.models()) {
            lines.add("");
            lines.addAll(model(model));
        }
        frame.prometheus().ifPresent(use -> {
            String line = "Prometheus: " + use.now();
            lines.add("");
            lines.add(line.substring(0, Math.min(width, line.length())));
        });
        lines.add("");
        lines.add(BOLD + "What happened" + PLAIN);
        lines.addAll(told);
        StringBuilder screen = new StringBuilder(HOME);
        lines.forEach(line -> screen.append(line).append(CLEAR_LINE).append('\n'));
        out.print(screen.append(CLEAR_BELOW));
        out.flush();
    }

    @Override
    public void tell(Instant time, String what) {
        String rest = PlainView.CLOCK.format(time) + "  " + what;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank <= INDENT.length() ? width : blank;
            told.addLast(rest.substring(0, cut));
            rest = INDENT + rest.substring(cut).stripLeading();
        }
        told.addLast(rest);
        while (told.size() > LINES_TOLD) {
            told.removeFirst();
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            out.print(SHOW_CURSOR + FIRST_SCREEN);
            out.flush();
        }
    }

    private List<String> model(DemoFrame.ModelFrame model) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s%s%s   %d requests, %d failed",
                BOLD,
                model.name(),
                PLAIN,
                model.arrived(),
                model.failed()));
        lines.add("demand  " + pad(ReasonText.quantity(model.demand()), 12) + sparkline(model.name()));
        if (model.decision().isEmpty()) {
            return lines;
        }
        Decision decision = model.decision().get();
        lines.add("gear    " + BOLD + decision.plan().gear() + PLAIN + "   " + DIM
                + decision.progress().name().toLowerCase(Locale.ROOT).replace('_', ' ') + PLAIN);
        lines.add(DIM + "tier          ready  starting  draining     $/h  carries each" + PLAIN);
        for (TierStatus tier : decision.tiers()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s %6s %9s %9s %7s  %-14s %s",
                    tier.tier(),
                    some(tier.ready()),
                    some(tier.starting()),
                    some(tier.draining()),
                    tier.cost().perHour().nanoDollars() == 0
                            ? "·"
                            : ReasonText.money(tier.cost().perHour()),
                    tier.capacity().map(LiveView::carries).orElse("?"),
                    tier.stockOutUntil()
                            .map(until -> YELLOW + "stock-out, asked again " + PlainView.CLOCK.format(until) + PLAIN)
                            .orElse("")));
        }
        for (DemoFrame.Fared fared : model.latency()) {
            lines.add(latency(fared, decision));
        }
        return lines;
    }

    private static String carries(Capacity capacity) {
        return capacity.isFeasible() ? ReasonText.quantity(capacity.rate()) : "misses targets";
    }

    private static String latency(DemoFrame.Fared fared, Decision decision) {
        Optional<LatencyVerdict> verdict = decision.latency().stream()
                .filter(seen -> seen.target().equals(fared.target()))
                .findFirst();
        String seen = verdict.flatMap(LatencyVerdict::observed)
                .map(range -> ReasonText.seconds(range.low()) + "–" + ReasonText.seconds(range.high()))
                .orElse("–");
        boolean good = fared.attainment().compareTo(fared.target().percentile().share()) >= 0;
        return pad(Labels.of(fared.target()), 20) + "now " + pad(seen, 16) + "attained so far "
                + (good ? GREEN : YELLOW) + ReasonText.quantity(fared.attainment()) + PLAIN;
    }

    private void sample(DemoFrame frame) {
        Duration step = frame.duration().dividedBy(HISTORY);
        if (frame.elapsed().minus(sampled).compareTo(step) < 0) {
            return;
        }
        sampled = frame.elapsed();
        for (DemoFrame.ModelFrame model : frame.models()) {
            Deque<Double> past = demand.computeIfAbsent(model.name(), name -> new ArrayDeque<>());
            past.addLast(model.demand().perSecond());
            if (past.size() > HISTORY) {
                past.removeFirst();
            }
        }
    }

    private String sparkline(String name) {
        Deque<Double> past = demand.getOrDefault(name, new ArrayDeque<>());
        double most = past.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (double value : past) {
            int height = most == 0 ? 0 : (int) Math.round(value / most * (BARS.length() - 1));
            line.append(BARS.charAt(height));
        }
        return line.toString();
    }

    private static String progress(DemoFrame frame) {
        int cells = 20;
        long done = Math.min(
                cells,
                cells
                        * frame.elapsed().toMillis()
                        / Math.max(1, frame.duration().toMillis()));
        return "█".repeat((int) done) + "░".repeat((int) (cells - done));
    }

    private static String some(int count) {
        return count == 0 ? "·" : Integer.toString(count);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
