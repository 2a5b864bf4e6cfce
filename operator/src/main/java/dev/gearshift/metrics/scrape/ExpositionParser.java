package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.engine.Series;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads Prometheus's text format 0.0.4 line by line, in bounded memory. It is tolerant of what OpenMetrics adds (end mark,
 * exemplars, timestamps) and strict about what a value is. A line that is not well formed is counted and skipped; the others are
 * used. A last line without its end of line may have been cut in the middle of a number, so it is skipped as well.
 */
final class ExpositionParser {

    /** A longer line is no series of an engine. */
    static final int LONGEST_LINE = 16 * 1024;

    /** Lines after this many series are not read. */
    static final int MOST_SERIES = 50_000;

    /**
     * What became of a page.
     *
     * @param series lines passed on
     * @param malformed lines skipped
     * @param complete whether every line was looked at
     */
    record Summary(int series, int malformed, boolean complete) {}

    private ExpositionParser() {}

    /**
     * Passes on every series of a page, in its order.
     *
     * @throws IOException when the stream breaks
     */
    static Summary parse(InputStream page, Consumer<Series> sink) throws IOException {
        byte[] chunk = new byte[8192];
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        boolean tooLong = false;
        int series = 0;
        int malformed = 0;
        for (int read = page.read(chunk); read >= 0; read = page.read(chunk)) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] != '\n') {
                    if (length < line.length) {
                        line[length++] = chunk[i];
                    } else {
                        tooLong = true;
                    }
                    continue;
                }
                String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
                boolean usable = !tooLong;
                length = 0;
                tooLong = false;
                if (text.isEmpty()) {
                    continue;
                }
                if (text.charAt(0) == '#') {
                    if (text.equals("# EOF")) {
                        return new Summary(series, malformed, true);
                    }
                    continue;
                }
                Optional<Series> parsed = usable ? SeriesLine.parse(text) : Optional.empty();
                if (parsed.isEmpty()) {
                    malformed++;
                    continue;
                }
                if (series == MOST_SERIES) {
                    return new Summary(series, malformed, false);
                }
                sink.accept(parsed.get());
                series++;
            }
        }
        boolean cut = length > 0
                && !new String(line, 0, length, StandardCharsets.UTF_8).strip().equals("# EOF");
        return new Summary(series, cut ? malformed + 1 : malformed, true);
    }
}
