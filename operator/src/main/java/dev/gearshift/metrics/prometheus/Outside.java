package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.ModelObservation;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.loop.MetricsSource.Model;
import dev.gearshift.metrics.Windows;
import dev.gearshift.prometheus.PrometheusApi.Round;
import dev.gearshift.prometheus.Query;
import dev.gearshift.prometheus.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of models in front of their replicas: the demand that gateways, endpoint pickers and users' expressions tell of, and latencies
 * that a gateway measures. Four queries a round at most, and only what some model needs. Not safe for use by several threads.
 */
final class Outside {

    /** One latency of one model. */
    record Latency(ModelKey model, Kind kind) {}

    private final TargetLabels labels;
    private final Windows windows;
    private final OutsideExpressions write;
    private final UserQueries users = new UserQueries();
    private ServedNames names = new ServedNames(List.of());
    private @Nullable Query<Knocks> demand;
    private @Nullable Query<Shapes<Latency>> latencies;

    Outside(TargetLabels labels, Windows windows) {
        this.labels = labels;
        this.windows = windows;
        this.write = new OutsideExpressions(labels, windows);
    }

    /** The queries of a round. */
    List<Query<?>> ask(List<Model> fleet, Instant now) {
        ServedNames known = new ServedNames(fleet);
        names = known;
        Map<Kind, String> told = write.demand(
                fleet.stream().anyMatch(model -> has(model, DemandSource.Gateway.class)),
                fleet.stream().anyMatch(model -> has(model, DemandSource.EndpointPicker.class)));
        demand = told.isEmpty()
                ? null
                : Query.filling(
                        "demand at zero",
                        Expressions.told(told),
                        () -> new Knocks(known, labels.namespace()),
                        Knocks::take);
        latencies = fleet.stream().noneMatch(Model::latencyFromGateway)
                ? null
                : Query.filling(
                        "gateways' latencies",
                        Expressions.told(write.latencies()),
                        Shapes<Latency>::new,
                        (shapes, sample) -> take(known, shapes, sample));
        List<Query<?>> queries = new ArrayList<>();
        if (demand != null) {
            queries.add(demand);
        }
        if (latencies != null) {
            queries.add(latencies);
        }
        queries.addAll(users.ask(texts(fleet), now));
        return queries;
    }

    private static boolean has(Model model, Class<? extends DemandSource> source) {
        return model.demand().filter(source::isInstance).isPresent();
    }

    private static SortedMap<ModelKey, QueryText> texts(List<Model> fleet) {
        SortedMap<ModelKey, QueryText> texts = new TreeMap<>();
        for (Model model : fleet) {
            if (model.demand().orElse(null) instanceof DemandSource.Query query) {
                texts.put(model.key(), query.text());
            }
        }
        return texts;
    }

    private void take(ServedNames known, Shapes<Latency> shapes, Sample sample) {
        ModelKey model = known.owner(
                sample.labelOrEmpty(labels.namespace()), sample.labelOrEmpty(OutsideExpressions.GATEWAY_MODEL));
        if (model != null) {
            Kind.of(sample.labelOrEmpty(Kind.LABEL)).ifPresent(kind -> shapes.take(new Latency(model, kind), sample));
        }
    }

    /**
     * Adds what was answered.
     *
     * @param engines what the engines tell
     * @param round with the queries asked last
     */
    SortedMap<ModelKey, ModelObservation> complete(
            SortedMap<ModelKey, ModelObservation> engines, List<Model> fleet, Round round, Instant now) {
        users.note(round, round.missing().size() < round.answers().size(), now);
        Optional<Knocks> knocks =
                Optional.ofNullable(demand).flatMap(query -> round.of(query).given());
        Optional<Shapes<Latency>> shapes =
                Optional.ofNullable(latencies).flatMap(query -> round.of(query).given());
        SortedMap<ModelKey, ModelObservation> complete = new TreeMap<>(engines);
        for (Model model : fleet) {
            ModelObservation seen = complete.get(model.key());
            if (model.latencyFromGateway() && seen != null) {
                seen = GatewayLatencies.in(seen, kind -> shapes.flatMap(of -> of.of(new Latency(model.key(), kind))));
                complete.put(model.key(), seen);
            }
            if (model.demand().isPresent()) {
                complete.put(
                        model.key(),
                        (seen == null ? ModelObservation.ABSENT : seen)
                                .knocking(knocking(model.key(), model.demand().get(), knocks)));
            }
        }
        return complete;
    }

    private Knocking knocking(ModelKey model, DemandSource source, Optional<Knocks> knocks) {
        if (source instanceof DemandSource.Query) {
            return users.of(model);
        }
        boolean gateway = source instanceof DemandSource.Gateway;
        return knocks.flatMap(known -> known.of(model, gateway, windows.planning()))
                .<Knocking>map(Knocking.Heard::new)
                .orElseGet(() -> new Knocking.Unheard(
                        knocks.isPresent() && names.isShared(model) ? Silence.AMBIGUOUS : Silence.UNSEEN, ""));
    }
}
