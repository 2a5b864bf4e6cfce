package dev.gearshift.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/**
 * The gauges of one name: always exactly those last shown. A gauge that stays is kept and only gets its new value, so that a scrape at
 * any moment finds it; registering all anew would leave holes. Not thread-safe towards {@link #show}; scrapes may come from any
 * thread.
 */
final class GaugeFamily {

    private static final class Cell {
        volatile double value;

        double value() {
            return value;
        }
    }

    private record Shown(Cell cell, Gauge gauge) {}

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<Tags, Shown> shown = new HashMap<>();

    GaugeFamily(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    /** Shows these values, and none besides. */
    void show(Map<Tags, Double> values) {
        shown.entrySet().removeIf(entry -> {
            boolean gone = !values.containsKey(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().gauge());
            }
            return gone;
        });
        values.forEach((tags, value) -> {
            Shown known = shown.get(tags);
            if (known == null) {
                shown.put(tags, register(tags, value));
            } else {
                known.cell().value = value;
            }
        });
    }

    private Shown register(Tags tags, double value) {
        Cell cell = new Cell();
        cell.value = value;
        Gauge gauge = Gauge.builder(name, cell, Cell::value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return new Shown(cell, gauge);
    }
}
