package dev.gearshift.sandbox.apiserver;

import java.util.List;
import java.util.Map;

/** The answer to a client that asks what it may do: everything, since this server has no authorisation. */
final class AccessReview {

    /** Where clients ask. */
    static final List<String> PATH = List.of("apis", "authorization.k8s.io", "v1", "selfsubjectrulesreviews");

    private AccessReview() {}

    static Map<String, Object> everything() {
        List<String> all = List.of("*");
        return Map.of(
                "apiVersion",
                "authorization.k8s.io/v1",
                "kind",
                "SelfSubjectRulesReview",
                "status",
                Map.of(
                        "incomplete",
                        false,
                        "nonResourceRules",
                        List.of(),
                        "resourceRules",
                        List.of(Map.of("apiGroups", all, "resources", all, "verbs", all))));
    }
}
