package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The defaults of built-in kinds as far as controllers rely on them. */
final class BuiltinDefaults {

    private BuiltinDefaults() {}

    static void apply(ResourceType type, Map<String, Object> object) {
        switch (type.kind()) {
            case "Deployment" -> deployment(Json.child(object, "spec"));
            case "ReplicaSet" -> replicaSet(Json.child(object, "spec"));
            case "Pod" -> {
                podSpec(Json.child(object, "spec"));
                Json.child(object, "status").putIfAbsent("phase", "Pending");
            }
            case "Service" -> service(Json.child(object, "spec"));
            case "Namespace" -> Json.child(object, "status").putIfAbsent("phase", "Active");
            default -> {
                // nothing this server's users rely on
            }
        }
    }

    private static void deployment(Map<String, Object> spec) {
        spec.putIfAbsent("replicas", 1L);
        spec.putIfAbsent("revisionHistoryLimit", 10L);
        spec.putIfAbsent("progressDeadlineSeconds", 600L);
        Map<String, Object> strategy = Json.child(spec, "strategy");
        strategy.putIfAbsent("type", "RollingUpdate");
        if ("RollingUpdate".equals(strategy.get("type"))) {
            Map<String, Object> rolling = Json.child(strategy, "rollingUpdate");
            rolling.putIfAbsent("maxUnavailable", "25%");
            rolling.putIfAbsent("maxSurge", "25%");
        }
        podSpec(Json.child(Json.child(spec, "template"), "spec"));
    }

    private static void replicaSet(Map<String, Object> spec) {
        spec.putIfAbsent("replicas", 1L);
        podSpec(Json.child(Json.child(spec, "template"), "spec"));
    }

    private static void podSpec(Map<String, Object> spec) {
        spec.putIfAbsent("restartPolicy", "Always");
        spec.putIfAbsent("terminationGracePeriodSeconds", 30L);
        spec.putIfAbsent("dnsPolicy", "ClusterFirst");
        spec.putIfAbsent("schedulerName", "default-scheduler");
        for (String list : new String[] {"containers", "initContainers"}) {
            for (Object o : Json.list(spec.get(list))) {
                container(Json.map(o));
            }
        }
    }

    private static void container(Map<String, Object> container) {
        for (Object port : Json.list(container.get("ports"))) {
            Json.map(port).putIfAbsent("protocol", "TCP");
        }
        String image = Json.text(container, "image");
        if (!image.isEmpty()) {
            boolean latest = image.endsWith(":latest") || image.indexOf(':', image.lastIndexOf('/') + 1) < 0;
            container.putIfAbsent("imagePullPolicy", latest ? "Always" : "IfNotPresent");
        }
        container.putIfAbsent("terminationMessagePath", "/dev/termination-log");
        container.putIfAbsent("terminationMessagePolicy", "File");
        requests(container);
        for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
            if (container.get(probe) instanceof Map<?, ?>) {
                probe(Json.map(container.get(probe)));
            }
        }
    }

    /** A limit without a request is also the request. */
    private static void requests(Map<String, Object> container) {
        if (Json.at(container, "resources", "limits") instanceof Map<?, ?> limits && !limits.isEmpty()) {
            Map<String, Object> requests = Json.child(Json.child(container, "resources"), "requests");
            new LinkedHashMap<>(Json.map(limits)).forEach(requests::putIfAbsent);
        }
    }

    private static void probe(Map<String, Object> probe) {
        probe.putIfAbsent("timeoutSeconds", 1L);
        probe.putIfAbsent("periodSeconds", 10L);
        probe.putIfAbsent("successThreshold", 1L);
        probe.putIfAbsent("failureThreshold", 3L);
        if (probe.get("httpGet") instanceof Map<?, ?> get) {
            Json.map(get).putIfAbsent("scheme", "HTTP");
        }
    }

    private static void service(Map<String, Object> spec) {
        spec.putIfAbsent("type", "ClusterIP");
        spec.putIfAbsent("sessionAffinity", "None");
        for (Object o : Json.list(spec.get("ports"))) {
            Map<String, Object> port = Json.map(o);
            port.putIfAbsent("protocol", "TCP");
            Object number = port.get("port");
            if (number != null) {
                port.putIfAbsent("targetPort", number);
            }
        }
    }
}
