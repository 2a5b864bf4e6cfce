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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks the expressions of all users as few queries, and finds those that fail.
 *
 * <p>Expressions that were answered once are asked together, as many as {@link CombinedSize} allows; where they do not fit in one query
 * they take turns. Those that are new, and those of a query that failed, are suspects: one group of them is asked apart in each round,
 * two while nothing is in the clear. A group that is answered is in the clear; one that is refused is halved, down to the single
 * expression, which is then left out for {@link #LEFT_OUT} or until it is changed. So there are
 * {@link #QUERIES} queries a round at most, and one bad expression among n is found in about 2·log₂ n rounds.
 *
 * <p>What an expression gave is kept for {@link #KEPT}, while it waits for its turn or for those that failed with it to be told apart; when
 * the server does not answer it is dropped at once. Not safe for use by several threads.
 */
final class UserQueries {

    /** How long an expression that failed alone is not asked. */
    static final Duration LEFT_OUT = Duration.ofMinutes(10);

    /** How long the answer of an expression counts whose turn has not come again. */
    static final Duration KEPT = Duration.ofMinutes(2);

    /** The most queries of a round. */
    static final int QUERIES = 2;

    /** The label that tells whose a value is. */
    static final String LABEL = "gearshift_model";

    private static final String BETWEEN = " or ";

    private record Failure(QueryText text, Instant until, String detail) {}

    private record Value(QueryText text, double perSecond, Instant at) {}

    private record Group(SortedMap<ModelKey, QueryText> members, boolean suspect, Query<Map<ModelKey, Double>> query) {}

    private final SortedMap<ModelKey, QueryText> cleared = new TreeMap<>();
    private final Deque<SortedMap<ModelKey, QueryText>> suspects = new ArrayDeque<>();
    private final SortedMap<ModelKey, Failure> failed = new TreeMap<>();
    private final Map<ModelKey, Value> values = new HashMap<>();
    private final CombinedSize size = new CombinedSize();
    private final List<Group> asked = new ArrayList<>();
    private Optional<ModelKey> lastTurn = Optional.empty();

    /**
     * The queries of a round, at most {@link #QUERIES}.
     *
     * @param declared every user's expression, by model
     */
    List<Query<?>> ask(SortedMap<ModelKey, QueryText> declared, Instant now) {
        asked.clear();
        forget(declared, now);
        int limit = size.limit(now);
        SortedMap<ModelKey, QueryText> unproven = new TreeMap<>(declared);
        unproven.keySet().removeAll(cleared.keySet());
        unproven.keySet().removeAll(failed.keySet());
        suspects.forEach(group -> unproven.keySet().removeAll(group.keySet()));
        while (!unproven.isEmpty()) {
            SortedMap<ModelKey, QueryText> group = fitting(unproven, limit);
            unproven.keySet().removeAll(group.keySet());
            suspects.addLast(group);
        }
        SortedMap<ModelKey, QueryText> waiting = new TreeMap<>(cleared);
        if (!waiting.isEmpty()) {
            asked.add(turn(waiting, limit));
        }
        Iterator<SortedMap<ModelKey, QueryText>> suspect = suspects.iterator();
        while (asked.size() < QUERIES && suspect.hasNext()) {
            asked.add(group("suspect queries", true, suspect.next()));
        }
        while (asked.size() < QUERIES && !waiting.isEmpty()) {
            asked.add(turn(waiting, limit));
        }
        return asked.stream().<Query<?>>map(Group::query).toList();
    }

    /** Drops what was changed, and what is too old. */
    private void forget(SortedMap<ModelKey, QueryText> declared, Instant now) {
        cleared.entrySet().removeIf(entry -> !entry.getValue().equals(declared.get(entry.getKey())));
        suspects.forEach(group ->
                group.entrySet().removeIf(entry -> !entry.getValue().equals(declared.get(entry.getKey()))));
        suspects.removeIf(Map::isEmpty);
        failed.entrySet()
                .removeIf(entry -> !entry.getValue().text().equals(declared.get(entry.getKey()))
                        || !entry.getValue().until().isAfter(now));
        size.declared(declared);
        values.entrySet()
                .removeIf(entry -> !entry.getValue().text().equals(declared.get(entry.getKey()))
                        || entry.getValue().at().plus(KEPT).isBefore(now));
    }

    /** Those whose turn it is, taken from those that wait for it. */
    private Group turn(SortedMap<ModelKey, QueryText> waiting, int limit) {
        NavigableMap<ModelKey, QueryText> later = new TreeMap<>(waiting);
        lastTurn.ifPresent(last -> later.headMap(last, true).clear());
        SortedMap<ModelKey, QueryText> turn = fitting(later.isEmpty() ? waiting : later, limit);
        // What is left of the end and the begin of the order may fit into the same query.
        SortedMap<ModelKey, QueryText> all = fitting(waiting, limit);
        if (all.size() == waiting.size()) {
            turn = all;
        }
        lastTurn = Optional.of(turn.lastKey());
        waiting.keySet().removeAll(turn.keySet());
        return group("users' queries", false, turn);
    }

    /** The first of these that fit into one query; one at least. */
    private static SortedMap<ModelKey, QueryText> fitting(SortedMap<ModelKey, QueryText> members, int limit) {
        SortedMap<ModelKey, QueryText> fitting = new TreeMap<>();
        int length = 0;
        for (Map.Entry<ModelKey, QueryText> entry : members.entrySet()) {
            length += bytes(part(entry.getKey(), entry.getValue())) + (fitting.isEmpty() ? 0 : BETWEEN.length());
            if (length > limit && !fitting.isEmpty()) {
                break;
            }
            fitting.put(entry.getKey(), entry.getValue());
        }
        return fitting;
    }

    private static int bytes(String promql) {
        return promql.getBytes(StandardCharsets.UTF_8).length;
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
        if (model != null && Kind.GATEWAY_RATE.allows(sample.value())) {
            into.put(model, sample.value());
        }
    }

    /** The expressions of several models as one. */
    static String promql(SortedMap<ModelKey, QueryText> members) {
        return members.entrySet().stream()
                .map(entry -> part(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(BETWEEN));
    }

    private static String part(ModelKey model, QueryText text) {
        return "label_replace(sum(" + text + "), " + PromQl.quoted(LABEL) + ", "
                + PromQl.quoted(label(model).replace("$", "$$")) + ", \"\", \"\")";
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
            if (!(answer instanceof Missing<Map<ModelKey, Double>> missing)) {
                answer.given().ifPresent(given -> clear(group, given, now));
            } else if (isQuerys(missing, answers)) {
                accuse(group, missing.detail(), now);
            } else {
                values.keySet().removeAll(group.members().keySet());
            }
        }
    }

    private void clear(Group group, Map<ModelKey, Double> given, Instant now) {
        group.members().forEach((model, text) -> {
            Double rate = given.get(model);
            if (rate == null) {
                values.remove(model);
            } else {
                values.put(model, new Value(text, rate, now));
            }
        });
        if (group.suspect()) {
            suspects.remove(group.members());
            cleared.putAll(group.members());
            size.answered(group.members().keySet(), bytes(group.query().promql()), now);
        }
    }

    private void accuse(Group group, String detail, Instant now) {
        SortedMap<ModelKey, QueryText> members = group.members();
        if (group.suspect()) {
            suspects.remove(members);
        } else {
            cleared.keySet().removeAll(members.keySet());
        }
        if (members.size() == 1) {
            members.forEach((model, text) -> {
                failed.put(model, new Failure(text, now.plus(LEFT_OUT), detail));
                size.blamed(model);
            });
            return;
        }
        size.failed(members);
        ModelKey middle = List.copyOf(members.keySet()).get(members.size() / 2);
        suspects.addFirst(new TreeMap<>(members.tailMap(middle)));
        suspects.addFirst(new TreeMap<>(members.headMap(middle)));
    }

    private static boolean isQuerys(Missing<?> missing, boolean answers) {
        return switch (missing.cause()) {
            case BAD_QUERY, TOO_LARGE -> true;
            // A proxy may refuse what one of them reads; whoever refuses the operator refuses everything.
            case TIMED_OUT, SERVER_ERROR, BROKEN, REFUSED -> answers;
            case UNREACHABLE, RESTING -> false;
        };
    }

    /** What a model's expression gave, in this round or when its turn was last. */
    Knocking of(ModelKey model) {
        Failure failure = failed.get(model);
        if (failure != null) {
            return new Knocking.Unheard(Silence.QUERY_FAILED, failure.detail());
        }
        return Optional.ofNullable(values.get(model))
                .<Knocking>map(value -> new Knocking.Heard(new RequestRate(value.perSecond())))
                .orElseGet(() -> new Knocking.Unheard(Silence.UNSEEN, ""));
    }
}
