package dev.gearshift.sandbox.cluster;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bill: every node from the moment it is asked for until it is given back or lost, in node-hours and in money. */
public final class NodeLedger {

    /**
     * One node.
     *
     * @param node its name
     * @param group the group it belongs to
     * @param price what it costs
     * @param asked when it was asked for
     * @param gone when it was given back or lost; empty while it is paid for
     */
    public record Entry(String node, String group, HourlyCost price, Instant asked, Optional<Instant> gone) {

        /** How long it has been paid for at {@code now}. */
        public Duration time(Instant now) {
            Instant end = gone.filter(instant -> instant.isBefore(now)).orElse(now);
            return end.isBefore(asked) ? Duration.ZERO : Duration.between(asked, end);
        }

        /** Whether it is being paid for at {@code now}. */
        public boolean isPaid(Instant now) {
            return !asked.isAfter(now)
                    && gone.filter(instant -> !instant.isAfter(now)).isEmpty();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    void asked(String node, NodeGroup group, Instant now) {
        entries.put(node, new Entry(node, group.name(), group.nodePrice(), now, Optional.empty()));
    }

    void gone(String node, Instant now) {
        entries.computeIfPresent(
                node,
                (name, entry) -> entry.gone().isPresent()
                        ? entry
                        : new Entry(name, entry.group(), entry.price(), entry.asked(), Optional.of(now)));
    }

    /** Every node there ever was, in the order in which they were asked for. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** What all nodes have cost up to {@code now}. */
    public Money cost(Instant now) {
        return entries.values().stream()
                .map(entry -> entry.price().over(entry.time(now)))
                .reduce(Money.ZERO, Money::plus);
    }

    /** What is being spent at {@code now}. */
    public HourlyCost rate(Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.isPaid(now))
                .map(Entry::price)
                .reduce(HourlyCost.ZERO, HourlyCost::plus);
    }

    /** How long nodes have been paid for up to {@code now}, summed per group. */
    public SortedMap<String, Duration> nodeTime(Instant now) {
        SortedMap<String, Duration> sums = new TreeMap<>();
        entries.values().forEach(entry -> sums.merge(entry.group(), entry.time(now), Duration::plus));
        return sums;
    }
}
