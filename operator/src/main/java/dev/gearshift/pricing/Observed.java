package dev.gearshift.pricing;

import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Money;
import dev.gearshift.core.model.Watts;
import dev.gearshift.prometheus.Query;
import dev.gearshift.prometheus.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one answer says of nodes, offerings and accelerators. What can be no price (NaN, infinite, zero, negative) and no power is not
 * taken in: it counts as not said.
 */
final class Observed implements Query.Gathering<Observed> {

    /** More is no price of one machine for an hour. */
    private static final double HIGHEST_PRICE = 1e6;

    /** More is no power of one accelerator; DCGM writes 2^63 for what it does not know. */
    private static final double HIGHEST_POWER = 5_000;

    /** More rows of a kind than this are not kept: no fleet has so many. */
    private static final int MOST_ROWS = 200_000;

    /**
     * A machine that can be ordered.
     *
     * @param instanceType its type
     * @param capacityType how it is bought: {@code spot}, {@code on-demand} or {@code reserved}
     * @param zone where
     */
    record Offering(String instanceType, String capacityType, String zone) implements Comparable<Offering> {

        @Override
        public int compareTo(Offering other) {
            int byType = instanceType.compareTo(other.instanceType);
            int byCapacity = byType != 0 ? byType : capacityType.compareTo(other.capacityType);
            return byCapacity != 0 ? byCapacity : zone.compareTo(other.zone);
        }
    }

    /**
     * What one accelerator draws.
     *
     * @param node where it is, as its exporter says
     * @param pods the pods it may belong to, as {@code namespace/name}
     */
    record Draw(String node, List<String> pods, Watts watts) {}

    private final SortedMap<String, HourlyCost> nodes = new TreeMap<>();
    private final SortedMap<String, Double> gpuCosts = new TreeMap<>();
    private final SortedMap<String, Double> spot = new TreeMap<>();
    private final SortedMap<Offering, HourlyCost> offerings = new TreeMap<>();
    private final SortedMap<Offering, Double> available = new TreeMap<>();
    private final List<Draw> draws = new ArrayList<>();

    @Override
    public void accept(Sample sample) {
        String node = sample.labelOrEmpty("node");
        Offering offering = new Offering(
                sample.labelOrEmpty("instance_type"),
                sample.labelOrEmpty("capacity_type"),
                sample.labelOrEmpty("zone"));
        switch (sample.labelOrEmpty(PriceQuery.KIND)) {
            case PriceQuery.NODE -> price(sample).ifPresent(price -> put(nodes, node, price));
            case PriceQuery.NODE_GPU -> put(gpuCosts, node, sample.value());
            case PriceQuery.NODE_SPOT -> put(spot, node, sample.value());
            case PriceQuery.OFFERING -> price(sample).ifPresent(price -> put(offerings, offering, price));
            case PriceQuery.AVAILABLE -> put(available, offering, sample.value());
            case PriceQuery.POWER -> draw(sample);
            default -> {
                // A server that answers more than it was asked is not to be wondered at.
            }
        }
    }

    private static <K, V> void put(SortedMap<K, V> rows, K key, V value) {
        if (rows.size() < MOST_ROWS) {
            rows.put(key, value);
        }
    }

    private static Optional<HourlyCost> price(Sample sample) {
        double dollars = sample.value();
        if (!(dollars > 0) || dollars > HIGHEST_PRICE) {
            return Optional.empty();
        }
        HourlyCost price = Money.ofDollars(BigDecimal.valueOf(dollars)).perHour();
        return Optional.of(price).filter(cost -> cost.compareTo(HourlyCost.ZERO) > 0);
    }

    private void draw(Sample sample) {
        double watts = sample.value();
        if (watts > 0 && watts <= HIGHEST_POWER && draws.size() < MOST_ROWS) {
            draws.add(new Draw(
                    sample.labelOrEmpty("Hostname"),
                    List.of(
                            sample.labelOrEmpty("exported_namespace") + "/" + sample.labelOrEmpty("exported_pod"),
                            sample.labelOrEmpty("namespace") + "/" + sample.labelOrEmpty("pod")),
                    new Watts(watts)));
        }
    }

    @Override
    public Observed result() {
        return this;
    }

    /** What a node costs by the hour, all in all; empty when nobody says. */
    Optional<HourlyCost> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** Whether a node's price is known to leave its accelerators out. */
    boolean isWithoutAccelerators(String node) {
        return isZero(gpuCosts.get(node));
    }

    /** Whether a node is a spot node; empty when nobody says. */
    Optional<Boolean> isSpot(String node) {
        return Optional.ofNullable(spot.get(node)).map(value -> value > 0);
    }

    /** Every machine that has a price. */
    SortedMap<Offering, HourlyCost> offerings() {
        return offerings;
    }

    /** Whether a machine is known not to be had now. */
    boolean isOutOfStock(Offering offering) {
        return isZero(available.get(offering));
    }

    /** What each accelerator draws. */
    List<Draw> draws() {
        return draws;
    }

    private static boolean isZero(@Nullable Double value) {
        return value != null && value == 0;
    }
}
