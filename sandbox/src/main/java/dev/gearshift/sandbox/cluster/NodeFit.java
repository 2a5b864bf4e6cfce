package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a pod cannot run on a node, in the scheduler's words. */
final class NodeFit {

    private NodeFit() {}

    /**
     * What stands against it; empty when nothing does.
     *
     * @param left the node's resources that nobody has
     */
    static List<String> obstacles(Pod pod, Node node, Resources left) {
        if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return List.of("node(s) were unschedulable");
        }
        for (Taint taint : node.getSpec().getTaints()) {
            if (!"PreferNoSchedule".equals(taint.getEffect()) && !tolerates(pod, taint)) {
                return List.of("node(s) had untolerated taint(s)");
            }
        }
        if (!selects(pod, labels(node))) {
            return List.of("node(s) didn't match Pod's node affinity/selector");
        }
        return left.lacking(Resources.wantedBy(pod)).stream()
                .map(name -> "Insufficient " + name)
                .toList();
    }

    private static Map<String, String> labels(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static boolean tolerates(Pod pod, Taint taint) {
        List<Toleration> tolerations = pod.getSpec().getTolerations();
        return tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint));
    }

    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect =
                isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect());
        boolean key = isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey());
        boolean value = "Exists".equals(toleration.getOperator())
                || Objects.requireNonNullElse(toleration.getValue(), "")
                        .equals(Objects.requireNonNullElse(taint.getValue(), ""));
        return effect && key && value;
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static boolean selects(Pod pod, Map<String, String> labels) {
        Map<String, String> selector = pod.getSpec().getNodeSelector();
        if (selector != null && !labels.entrySet().containsAll(selector.entrySet())) {
            return false;
        }
        var affinity = pod.getSpec().getAffinity();
        var nodeAffinity = affinity == null ? null : affinity.getNodeAffinity();
        var required = nodeAffinity == null ? null : nodeAffinity.getRequiredDuringSchedulingIgnoredDuringExecution();
        return required == null || required.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, labels));
    }

    private static boolean matches(NodeSelectorTerm term, Map<String, String> labels) {
        List<NodeSelectorRequirement> expressions = term.getMatchExpressions();
        return !expressions.isEmpty() && expressions.stream().allMatch(expression -> matches(expression, labels));
    }

    private static boolean matches(NodeSelectorRequirement expression, Map<String, String> labels) {
        String value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" ->
                value != null
                        && Long.parseLong(value)
                                > Long.parseLong(expression.getValues().get(0));
            case "Lt" ->
                value != null
                        && Long.parseLong(value)
                                < Long.parseLong(expression.getValues().get(0));
            default -> false;
        };
    }
}
