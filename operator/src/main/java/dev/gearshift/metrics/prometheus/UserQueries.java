package dev.gearshift.metrics.prometheus;

import dev.gearshift.core.model.Knocking;
import dev.gearshift.core.model.Knocking.Silence;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.core.model.RequestRate;
import dev.gearshift.prometheus.Answer;
import dev.gearshift.prometheus.Answer.Missing;
import dev.gearshift.prometheus.PromQl;
import dev.gearshift.prometheus.PrometheusApi.Round;
import dev.gearshift.prometheus.Query;
import dev.gearshift.prometheus.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks the expressions of all users as one query, and finds those that fail.
 *
 * <p>Expressions that were answered once are asked together. Those that are new, and those of a query that failed, are suspects:
 * one group of them is asked apart in each round. A group that is answered is in the clear; one that is refused is halved, down to
 * the single expression, which is then left out for {@link #LEFT_OUT} or until it is changed. So there are two queries a round at
 * most, and one bad expression among n is found in about 2·log₂ n rounds. Not safe for use by several threads.
 */
final class UserQueries {

    /** How long an expression that failed alone is not asked. */
    static final Duration LEFT_OUT = Duration.ofMinutes(10);

    /** The label that tells whose a value is. */
    static final String LABEL = "gearshift_model";

    private record Failure(QueryText text, Instant until, String detail) {}

    private record Group(SortedMap<ModelKey, QueryText> members, boolean suspect, Query<Map<ModelKey, Double>> query) {}

    private final SortedMap<ModelKey, QueryText> cleared = new TreeMap<>();
    private final Deque<SortedMap<ModelKey, QueryText>> suspects = new ArrayDeque<>();
    private final SortedMap<ModelKey, Failure> failed = new TreeMap<>();
    private final Map<ModelKey, Double> values = new HashMap<>();
    private final List<Group> asked = new ArrayList<>();

    /**
     * The queries of a round, at most two.
     *
     * @param declared every user's expression, by model
     */
    List<Query<?>> ask(SortedMap<ModelKey, QueryText> declared, Instant now) {
        values.clear();
        asked.clear();
        cleared.entrySet().removeIf(entry -> !entry.getValue().equals(declared.get(entry.getKey())));
        suspects.forEach(group ->
                group.entrySet().removeIf(entry -> !entry.getValue().equals(declared.get(entry.getKey()))));
        suspects.removeIf(Map::isEmpty);
        failed.entrySet()
                .removeIf(entry -> !entry.getValue().text().equals(declared.get(entry.getKey()))
                        || !entry.getValue().until().isAfter(now));
        SortedMap<ModelKey, QueryText> unproven = new TreeMap<>(declared);
        unproven.keySet().removeAll(cleared.keySet());
        unproven.keySet().removeAll(failed.keySet());
        suspects.forEach(group -> unproven.keySet().removeAll(group.keySet()));
        if (!unproven.isEmpty()) {
            suspects.addLast(unproven);
        }
        if (!cleared.isEmpty()) {
            asked.add(group("users' queries", false, cleared));
        }
        if (!suspects.isEmpty()) {
            asked.add(group("suspect queries", true, suspects.getFirst()));
        }
        return asked.stream().<Query<?>>map(Group::query).toList();
    }

    private static Group group(String name, boolean suspect, SortedMap<ModelKey, QueryText> members) {
        SortedMap<ModelKey, QueryText> copy = new TreeMap<>(members);
        Map<String, ModelKey> byLabel = new HashMap<>();
        copy.keySet().forEach(model -> byLabel.put(label(model), model));
        return new Group(
                copy,
                suspect,
                Query.filling(name, promql(copy), HashMap::new, (into, sample) -> take(byLabel, into, sample)));
    }

    private static void take(Map<String, ModelKey> byLabel, Map<ModelKey, Double> into, Sample sample) {
        ModelKey model = byLabel.get(sample.labelOrEmpty(LABEL));
        if (model != null && Double.isFinite(sample.value()) && sample.value() >= 0) {
            into.put(model, sample.value());
        }
    }

    /** The expressions of several models as one. */
    static String promql(SortedMap<ModelKey, QueryText> members) {
        return members.entrySet().stream()
                .map(entry -> "label_replace(sum(" + entry.getValue() + "), " + PromQl.quoted(LABEL) + ", "
                        + PromQl.quoted(label(entry.getKey()).replace("$", "$$")) + ", \"\", \"\")")
                .collect(Collectors.joining(" or "));
    }

    private static String label(ModelKey model) {
        return model.namespace() + "/" + model.name();
    }

    /**
     * Takes the answers of the round.
     *
     * @param answers whether the server answered anything else of the round, so that a failure is the query's
     */
    void note(Round round, boolean answers, Instant now) {
        for (Group group : asked) {
            Answer<Map<ModelKey, Double>> answer = round.of(group.query());
            if (answer instanceof Missing<Map<ModelKey, Double>> missing) {
                if (isQuerys(missing, answers)) {
                    accuse(group, missing.detail(), now);
                }
            } else {
                answer.given().ifPresent(values::putAll);
                suspects.remove(group.members());
                cleared.putAll(group.members());
            }
        }
    }

    private void accuse(Group group, String detail, Instant now) {
        SortedMap<ModelKey, QueryText> members = group.members();
        if (group.suspect()) {
            suspects.remove(members);
        } else {
            cleared.clear();
        }
        if (members.size() == 1) {
            members.forEach((model, text) -> failed.put(model, new Failure(text, now.plus(LEFT_OUT), detail)));
            return;
        }
        ModelKey middle = List.copyOf(members.keySet()).get(members.size() / 2);
        suspects.addFirst(new TreeMap<>(members.tailMap(middle)));
        suspects.addFirst(new TreeMap<>(members.headMap(middle)));
    }

    private static boolean isQuerys(Missing<?> missing, boolean answers) {
        return switch (missing.cause()) {
            case BAD_QUERY, TOO_LARGE -> true;
            case TIMED_OUT, SERVER_ERROR -> answers;
            default -> false;
        };
    }

    /** What a model's expression gave in this round. */
    Knocking of(ModelKey model) {
        Failure failure = failed.get(model);
        if (failure != null) {
            return new Knocking.Unheard(Silence.QUERY_FAILED, failure.detail());
        }
        return Optional.ofNullable(values.get(model))
                .<Knocking>map(rate -> new Knocking.Heard(new RequestRate(rate)))
                .orElseGet(() -> new Knocking.Unheard(Silence.UNSEEN, ""));
    }
}
