package dev.gearshift.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PriceQueryTest {

    @Test
    void everythingIsAskedInOneUnion() {
        List<String> parts = PriceQuery.of(
                        List.of(
                                TestTier.named("l4")
                                        .placed("p", "node-b", "g6.xlarge")
                                        .facts(),
                                TestTier.named("a10")
                                        .selecting("node.kubernetes.io/instance-type", "g5.xlarge")
                                        .placed("q", "node-a", "g5.xlarge")
                                        .facts()),
                        new TreeMap<>())
                .promql()
                .lines()
                .toList();

        assertThat(parts)
                .containsExactly(
                        "label_replace(avg by (node) (node_total_hourly_cost{node=~\"node-a|node-b\"}), \"kind\", \"node\", \"\", \"\")",
                        "or label_replace(avg by (node) (node_gpu_hourly_cost{node=~\"node-a|node-b\"}), \"kind\", \"node_gpu\", \"\", \"\")",
                        "or label_replace(avg by (node) (kubecost_node_is_spot{node=~\"node-a|node-b\"}), \"kind\", \"node_spot\", \"\", \"\")",
                        "or label_replace(max by (UUID, Hostname, exported_namespace, exported_pod, namespace, pod)"
                                + " (DCGM_FI_DEV_POWER_USAGE), \"kind\", \"power\", \"\", \"\")",
                        "or label_replace(max by (instance_type, capacity_type, zone)"
                                + " (karpenter_cloudprovider_instance_type_offering_price_estimate{instance_type=~\"g5\\\\.xlarge|g6\\\\.xlarge\"}),"
                                + " \"kind\", \"offering\", \"\", \"\")",
                        "or label_replace(max by (instance_type, capacity_type, zone)"
                                + " (karpenter_cloudprovider_instance_type_offering_available{instance_type=~\"g5\\\\.xlarge|g6\\\\.xlarge\"}),"
                                + " \"kind\", \"available\", \"\", \"\")");
    }

    @Test
    void onlyWhatSomethingCanBeSaidAboutIsAsked() {
        assertThat(PriceQuery.of(List.of(TestTier.named("l4").facts()), new TreeMap<>())
                        .promql())
                .isEqualTo("vector(0) > 0");
        assertThat(PriceQuery.of(
                                List.of(TestTier.named("l4")
                                        .selecting("node.kubernetes.io/instance-type", "g6.xlarge")
                                        .facts()),
                                new TreeMap<>())
                        .promql())
                .contains("offering_price_estimate{instance_type=\"g6.xlarge\"}")
                .doesNotContain("node_total", "DCGM");
    }
}
