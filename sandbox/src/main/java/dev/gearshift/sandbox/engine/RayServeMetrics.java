package dev.gearshift.sandbox.engine;

import dev.gearshift.simulate.EngineSimulator;
import dev.gearshift.simulate.RequestOutcome;
import dev.gearshift.simulate.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page of vLLM inside Ray Serve LLM: {@linkplain VllmMetrics vLLM's} metrics as {@code vllm/v1/metrics/ray_wrappers.py} (commit
 * 02579a5) hands them to Ray and {@code python/ray/_private/metrics_agent.py} (commit 05a9ed6, Ray 2.10 to 2.51) exports them.
 *
 * <p>The colon becomes an underscore and {@code ray_} is put in front. Each series has vLLM's labels, {@code ReplicaId} from vLLM
 * and {@code Component}, {@code NodeAddress}, {@code SessionName}, {@code Version} and {@code WorkerId} from Ray. A counter is
 * exported twice: with {@code _total} as a counter, and bare as a gauge said to be deprecated (gone since 2.52). A counter that
 * never counted and a histogram without observations are absent.
 */
public final class RayServeMetrics implements EnginePage {

    private static final String TOTAL = "_total";

    private final VllmMetrics vllm;
    private final String transport;

    /**
     * Of an engine that has done nothing yet.
     *
     * @param modelName the name the model is served under; the ids of worker and replica follow from it
     * @param maxModelLength tokens a sequence may have at most; bounds the buckets of lengths
     */
    public RayServeMetrics(String modelName, int maxModelLength) {
        this.vllm = new VllmMetrics(modelName, maxModelLength);
        String id = String.format(Locale.ROOT, "%08x", modelName.hashCode());
        this.transport = "Component=\"core_worker\",NodeAddress=\"10.0.0.7\",ReplicaId=\"" + id
                + "\",SessionName=\"session_2026-01-05_09-00-00_000000_1\",Version=\"2.51.1\",WorkerId=\""
                + id.repeat(7) + "\",";
    }

    @Override
    public void stepped(long durationNanos, int decoded, int prefilled) {
        vllm.stepped(durationNanos, decoded, prefilled);
    }

    @Override
    public void firstToken(SimulatedRequest request, Duration submitted, Duration at) {
        vllm.firstToken(request, submitted, at);
    }

    @Override
    public void resumed(long gapNanos) {
        vllm.resumed(gapNanos);
    }

    @Override
    public void ended(RequestOutcome outcome) {
        vllm.ended(outcome);
    }

    @Override
    public String render(EngineSimulator engine) {
        List<MetricFamily> page = new ArrayList<>();
        for (MetricFamily family : vllm.families(engine)) {
            List<MetricFamily.Series> series = family.series().stream()
                    .filter(one -> family.type() == MetricFamily.Type.GAUGE || counted(one))
                    .map(one -> one.labelled(transport + one.labels()))
                    .toList();
            if (!series.isEmpty()) {
                export(page, family, series);
            }
        }
        return ExpositionText.of(NumberStyle.PYTHON, page);
    }

    private static void export(List<MetricFamily> page, MetricFamily family, List<MetricFamily.Series> series) {
        String name = "ray_" + family.name().replace(':', '_');
        page.add(new MetricFamily(name, family.type(), family.help(), series));
        if (family.type() == MetricFamily.Type.COUNTER) {
            String bare = name.substring(0, name.length() - TOTAL.length());
            page.add(new MetricFamily(
                    bare,
                    MetricFamily.Type.GAUGE,
                    "(DEPRECATED, use " + name + " metric instead) " + family.help(),
                    series));
        }
    }

    private static boolean counted(MetricFamily.Series series) {
        if (series instanceof MetricFamily.Point point) {
            return point.value() != 0;
        }
        return series instanceof MetricFamily.Distribution distribution
                && distribution.counts().total() > 0;
    }
}
