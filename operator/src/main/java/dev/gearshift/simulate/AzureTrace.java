package dev.gearshift.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A trace of requests in the format of Azure's LLM inference traces: CSV with the columns {@code TIMESTAMP},
 * {@code ContextTokens} and {@code GeneratedTokens}, in any order, further columns ignored. Timestamps look like
 * {@code 2023-11-16 18:15:46.6805900}, in UTC. A byte order mark, Windows line ends, blank lines and a missing last line end are
 * accepted, rows need not be in order, and a request that generated nothing counts as one token. The first request arrives at
 * time zero.
 */
public final class AzureTrace {

    private static final String TIMESTAMP = "TIMESTAMP";
    private static final String CONTEXT = "ContextTokens";
    private static final String GENERATED = "GeneratedTokens";
    private static final long JITTER_NANOS = Duration.ofSeconds(5).toNanos();

    private record Row(LocalDateTime at, int context, int generated) {}

    private final List<Row> rows;

    private AzureTrace(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads a trace from a file.
     *
     * @throws IOException when the file cannot be read
     * @throws TraceFormatException when a line cannot be understood
     */
    public static AzureTrace read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader);
        }
    }

    /**
     * Reads a trace to its end.
     *
     * @throws IOException when reading fails
     * @throws TraceFormatException when a line cannot be understood
     */
    public static AzureTrace read(Reader text) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        String header = lines.readLine();
        if (header == null) {
            throw new TraceFormatException("line 1: the trace is empty; it needs the columns " + TIMESTAMP + ", "
                    + CONTEXT + " and " + GENERATED);
        }
        List<String> columns = cells(header.startsWith("\uFEFF") ? header.substring(1) : header);
        int at = column(columns, TIMESTAMP);
        int context = column(columns, CONTEXT);
        int generated = column(columns, GENERATED);
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                List<String> cells = cells(line);
                rows.add(new Row(
                        timestamp(cell(cells, at, TIMESTAMP, number), number),
                        tokens(cell(cells, context, CONTEXT, number), CONTEXT, 1, number),
                        Math.max(1, tokens(cell(cells, generated, GENERATED, number), GENERATED, 0, number))));
            }
        }
        if (rows.isEmpty()) {
            throw new TraceFormatException("line 2: the trace has a header but no requests");
        }
        rows.sort(Comparator.comparing(Row::at));
        return new AzureTrace(rows);
    }

    /** How many requests the trace has. */
    public int size() {
        return rows.size();
    }

    /** The trace as it was recorded. */
    public Workload workload() {
        return workload(1, 0, Optional.empty());
    }

    /**
     * The trace with its rate multiplied. The whole part of {@code scale} superposes as many copies, every request of a further
     * copy delayed by its own random time of up to 5 seconds; of one more copy, each request is kept with a probability equal to
     * the fraction. Lengths stay.
     *
     * @param scale by how much the rate is multiplied, positive
     * @param seed what the delays and the choice follow from
     * @param cut where given, requests from then on are left out
     */
    public Workload workload(double scale, long seed, Optional<Duration> cut) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be positive and finite, but is " + scale);
        }
        SplittableRandom random = new SplittableRandom(seed);
        LocalDateTime start = rows.get(0).at();
        List<SimulatedRequest> requests = new ArrayList<>();
        for (int copy = 0; copy < scale; copy++) {
            double kept = scale - copy;
            for (Row row : rows) {
                if (kept < 1 && random.nextDouble() >= kept) {
                    continue;
                }
                Duration jitter = copy == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(JITTER_NANOS));
                Duration arrival = Duration.between(start, row.at()).plus(jitter);
                if (cut.isEmpty() || arrival.compareTo(cut.get()) < 0) {
                    requests.add(new SimulatedRequest(0, arrival, row.context(), row.generated()));
                }
            }
        }
        requests.sort(Comparator.comparing(SimulatedRequest::arrival));
        List<SimulatedRequest> numbered = new ArrayList<>(requests.size());
        for (SimulatedRequest request : requests) {
            numbered.add(new SimulatedRequest(
                    numbered.size(), request.arrival(), request.inputTokens(), request.outputTokens()));
        }
        Duration end = requests.isEmpty()
                ? Duration.ZERO
                : requests.get(requests.size() - 1).arrival();
        return new Workload(numbered, cut.orElse(end));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private static int column(List<String> columns, String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new TraceFormatException(
                    "line 1: column " + name + " is missing; the header is '" + String.join(",", columns) + "'");
        }
        return index;
    }

    private static String cell(List<String> cells, int index, String column, int line) {
        if (index >= cells.size()) {
            throw new TraceFormatException("line " + line + ", column " + column + ": there is no value, the line is '"
                    + String.join(",", cells) + "'");
        }
        return cells.get(index);
    }

    private static LocalDateTime timestamp(String value, int line) {
        String local = value.endsWith("+00:00") ? value.substring(0, value.length() - 6) : value;
        try {
            return LocalDateTime.parse(local.replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            throw refused(line, TIMESTAMP, value, "a time such as 2023-11-16 18:15:46.6805900");
        }
    }

    private static int tokens(String value, String column, int least, int line) {
        try {
            int tokens = Integer.parseInt(value);
            if (tokens >= least) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw refused(line, column, value, "a whole number of at least " + least);
    }

    private static TraceFormatException refused(int line, String column, String value, String wanted) {
        return new TraceFormatException("line " + line + ", column " + column + ": '" + value + "' is not " + wanted);
    }
}
