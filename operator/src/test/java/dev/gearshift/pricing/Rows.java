package dev.gearshift.pricing;

import dev.gearshift.prometheus.FakePrometheus;
import dev.gearshift.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;

/** The elements of an answer about prices and powers, each with a value as Prometheus writes it. */
final class Rows {

    private record Row(List<String> labels, String value) {}

    private final List<Row> rows = new ArrayList<>();

    static Rows none() {
        return new Rows();
    }

    Rows row(String value, String... labels) {
        rows.add(new Row(List.of(labels), value));
        return this;
    }

    Rows node(String node, String total) {
        return row(total, "kind", "node", "node", node);
    }

    Rows nodeGpu(String node, String cost) {
        return row(cost, "kind", "node_gpu", "node", node);
    }

    Rows nodeSpot(String node, String spot) {
        return row(spot, "kind", "node_spot", "node", node);
    }

    Rows offering(String type, String capacity, String zone, String price) {
        return row(price, "kind", "offering", "instance_type", type, "capacity_type", capacity, "zone", zone);
    }

    Rows available(String type, String capacity, String zone, String available) {
        return row(available, "kind", "available", "instance_type", type, "capacity_type", capacity, "zone", zone);
    }

    Rows power(String node, String pod, String watts) {
        return row(
                watts,
                "kind",
                "power",
                "Hostname",
                node,
                "exported_namespace",
                "team",
                "exported_pod",
                pod,
                "namespace",
                "monitoring",
                "pod",
                "dcgm-exporter-x");
    }

    /** As the gathering of the query has them. */
    Observed observed() {
        Observed observed = new Observed();
        for (Row row : rows) {
            observed.accept(new Sample(row.labels(), 0, number(row.value())));
        }
        return observed.result();
    }

    private static double number(String value) {
        return value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
    }

    /** As the server writes them. */
    String json() {
        return FakePrometheus.vector(rows.stream().map(Rows::json).toArray(String[]::new));
    }

    private static String json(Row row) {
        StringBuilder metric = new StringBuilder();
        for (int i = 0; i < row.labels().size(); i += 2) {
            metric.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(row.labels().get(i))
                    .append("\":\"")
                    .append(row.labels().get(i + 1))
                    .append('"');
        }
        return "{\"metric\":{" + metric + "},\"value\":[1,\"" + row.value() + "\"]}";
    }
}
