package dev.gearshift.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the comments of a chart's {@code values.yaml} that begin with two dashes, and makes a table of them. */
final class ValuesTable {

    private static final Pattern BEGIN = Pattern.compile("\\s*# -- (.*)");
    private static final Pattern MORE = Pattern.compile("\\s*# (.*)");
    private static final Pattern KEY = Pattern.compile("( *)(\\w+):.*");
    private static final int INDENT = 2;

    /**
     * A value.
     *
     * @param path its keys, with dots between
     * @param value its default
     * @param meaning what is said of it
     */
    record Row(String path, JsonNode value, String meaning) {}

    private ValuesTable() {}

    /** The values of a chart that are described, in their order. */
    static List<Row> rows(Chart chart) throws IOException {
        JsonNode values = chart.read("values.yaml");
        List<Row> rows = new ArrayList<>();
        Deque<String> keys = new ArrayDeque<>();
        StringBuilder meaning = new StringBuilder();
        for (String line : Files.readAllLines(chart.file("values.yaml"))) {
            Matcher begin = BEGIN.matcher(line);
            Matcher more = MORE.matcher(line);
            Matcher key = KEY.matcher(line);
            if (begin.matches()) {
                meaning.append(begin.group(1));
            } else if (more.matches() && !meaning.isEmpty()) {
                meaning.append(' ').append(more.group(1));
            } else if (key.matches()) {
                while (keys.size() > key.group(1).length() / INDENT) {
                    keys.removeLast();
                }
                keys.addLast(key.group(2));
                if (!meaning.isEmpty()) {
                    String path = String.join(".", keys);
                    rows.add(new Row(path, at(values, path), meaning.toString()));
                    meaning.setLength(0);
                }
            }
        }
        return rows;
    }

    /** What stands at a path. */
    static JsonNode at(JsonNode values, String path) {
        return values.at("/" + path.replace('.', '/'));
    }

    /** The table, in Markdown. */
    static String markdown(Chart chart) throws IOException {
        StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
        for (Row row : rows(chart)) {
            table.append("| `%s` | `%s` | %s |%n"
                    .formatted(row.path(), row.value(), row.meaning().replace("|", "\\|")));
        }
        return table.toString();
    }
}
