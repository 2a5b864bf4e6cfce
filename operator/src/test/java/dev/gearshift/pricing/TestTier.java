package dev.gearshift.pricing;

import dev.gearshift.core.model.Accelerator;
import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Datasheet;
import dev.gearshift.core.model.HourlyCost;
import dev.gearshift.core.model.Tier;
import dev.gearshift.core.model.TierName;
import dev.gearshift.loop.TierFacts;
import dev.gearshift.loop.TierFacts.Declaration;
import dev.gearshift.loop.TierFacts.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tier in the making: on demand, one accelerator a node, declared at 0.80 dollars, nothing placed. */
final class TestTier {

    private final String name;
    private final SortedMap<String, String> selector = new TreeMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private CapacityType capacityType = CapacityType.ON_DEMAND;
    private int perNode = 1;
    private String declared = "0.80";

    private TestTier(String name) {
        this.name = name;
    }

    static TestTier named(String name) {
        return new TestTier(name);
    }

    TestTier bought(CapacityType how) {
        capacityType = how;
        return this;
    }

    TestTier perNode(int accelerators) {
        perNode = accelerators;
        return this;
    }

    TestTier declared(String dollars) {
        declared = dollars;
        return this;
    }

    TestTier selecting(String label, String value) {
        selector.put(label, value);
        return this;
    }

    /** A pod {@code team/<pod>} on a node of an instance type. */
    TestTier placed(String pod, String node, String instanceType) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("node.kubernetes.io/instance-type", instanceType);
        placed.add(new Placed("team", pod, node, labels, perNode));
        return this;
    }

    TierFacts facts() {
        Tier tier = new Tier(
                new TierName(name),
                new Accelerator("nvidia.com/gpu", "NVIDIA-L4", Bytes.ofGibibytes(24), new Datasheet(300, 121)),
                perNode,
                capacityType,
                HourlyCost.ofDollars(declared),
                OptionalInt.empty(),
                Optional.empty());
        return new TierFacts(
                tier, new Declaration(Optional.of("a list"), selector, Optional.empty(), Optional.empty()), placed);
    }
}
