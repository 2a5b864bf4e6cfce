package dev.gearshift.sandbox.metrics;

import dev.gearshift.core.model.EngineLimits;
import dev.gearshift.core.model.Seconds;
import dev.gearshift.core.model.StepCoefficients;
import dev.gearshift.metrics.engine.EngineDialect;
import dev.gearshift.metrics.engine.MetricName;
import dev.gearshift.metrics.engine.VllmDialect;
import dev.gearshift.sandbox.engine.EngineKind;
import dev.gearshift.sandbox.engine.EnginePage;
import dev.gearshift.sandbox.prometheus.PrometheusServer;
import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.EngineTruth;
import dev.gearshift.simulate.SimulatedRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes a Prometheus block as if a fleet of vLLM pods had been scraped, only the series that are queried. */
final class Backfill {

    static final List<String> TIERS = List.of("l4-spot", "l4", "h100");

    private static final EngineTruth TRUTH = new EngineTruth(
            new StepCoefficients(
                    Seconds.ofMillis(20), Seconds.ofMillis(0.5), Seconds.ofMillis(0.2 / 1000), Seconds.ofMillis(0.1)),
            2000,
            new EngineLimits(64, 2048));

    /**
     * One series of a pod.
     *
     * @param name of the metric
     * @param labels without braces
     * @param value after half a minute of traffic
     * @param grows whether it is counted
     */
    private record Line(String name, String labels, double value, boolean grows) {}

    private Backfill() {}

    /**
     * Writes it.
     *
     * @param models models, each with a pod on each of three tiers
     * @param from the first scrape
     * @param scrapes how many
     * @param interval from one to the next
     * @return samples written
     */
    static long write(Path data, int models, Instant from, int scrapes, Duration interval)
            throws IOException, InterruptedException {
        List<Line> lines = lines();
        Path page = Files.createTempFile(data.getParent(), "fleet", ".om");
        long samples = 0;
        try (BufferedWriter out = Files.newBufferedWriter(page)) {
            for (int scrape = 0; scrape < scrapes; scrape++) {
                long at = from.plus(interval.multipliedBy(scrape)).getEpochSecond();
                for (int model = 0; model < models; model++) {
                    for (String tier : TIERS) {
                        String own = pod(model, tier) + "\",namespace=\"team\",gearshift_dev_model_deployment=\"model-"
                                + model + "\",gearshift_dev_tier=\"" + tier + "\"";
                        for (Line line : lines) {
                            double value = line.grows() ? line.value() * (1 + scrape) : line.value();
                            out.append(line.name())
                                    .append('{')
                                    .append(line.labels())
                                    .append(line.labels().isEmpty() ? "" : ",")
                                    .append("pod=\"")
                                    .append(own)
                                    .append("} ")
                                    .append(Double.toString(value))
                                    .append(' ')
                                    .append(Long.toString(at))
                                    .append('\n');
                            samples++;
                        }
                    }
                }
            }
            out.append("# EOF\n");
        }
        Path promtool = PrometheusServer.find().orElseThrow().resolveSibling("promtool");
        Process process = new ProcessBuilder(
                        promtool.toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        page.toString(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("promtool.txt").toFile())
                .start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(
                    "promtool ended with " + status + ": " + Files.readString(data.resolveSibling("promtool.txt")));
        }
        Files.delete(page);
        return samples;
    }

    static String pod(int model, String tier) {
        return "model-" + model + "-" + tier + "-7d9f8c6b5-x2x4z";
    }

    /** The lines of a busy engine's page that anybody asks for. */
    private static List<Line> lines() {
        EnginePage page = EngineKind.VLLM.page(LiveEngines.MODEL, 32_768);
        EngineSimulator engine = new EngineSimulator(TRUTH, page);
        for (int i = 0; i < 60; i++) {
            Duration at = Duration.ofMillis(400L * i);
            engine.submit(new SimulatedRequest(i, at, 900, 40), at);
        }
        engine.advanceTo(Duration.ofSeconds(30));
        Collection<String> asked = asked(VllmDialect.DIALECT);
        List<Line> lines = new ArrayList<>();
        for (String text : page.render(engine).split("\n", -1)) {
            int brace = text.indexOf('{');
            if (text.startsWith("#") || brace < 0) {
                continue;
            }
            String name = text.substring(0, brace);
            int end = text.lastIndexOf('}');
            if (asked.contains(name)) {
                boolean gauge = name.contains("num_requests_") || name.contains("cache_config");
                lines.add(new Line(
                        name,
                        text.substring(brace + 1, end),
                        Double.parseDouble(text.substring(end + 1).strip()),
                        !gauge));
            }
        }
        return lines;
    }

    private static Collection<String> asked(EngineDialect dialect) {
        TreeSet<String> names = new TreeSet<>();
        dialect.gauges()
                .values()
                .forEach(of -> names.addAll(of.stream().map(MetricName::name).toList()));
        dialect.counters()
                .values()
                .forEach(of -> names.addAll(of.stream().map(MetricName::name).toList()));
        dialect.histograms()
                .values()
                .forEach(of -> names.addAll(of.stream()
                        .flatMap(name -> List.of(name.name() + "_bucket", name.name() + "_sum").stream())
                        .collect(Collectors.toSet())));
        dialect.cacheInfo().ifPresent(info -> names.add(info.name()));
        return names;
    }
}
