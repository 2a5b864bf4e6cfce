package dev.gearshift.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes Kubernetes Events. There is one Event per object, component and reason: saying it again raises its count, its
 * {@code lastTimestamp} and its message. (A real recorder also makes a new one when the message differs.) Saying the same again
 * within 30 seconds writes nothing, as the rate limit of a real recorder would see to.
 */
final class EventRecorder {

    static final String NORMAL = "Normal";
    static final String WARNING = "Warning";

    private static final Duration QUIET = Duration.ofSeconds(30);

    private record Told(Event event, Instant at) {}

    private final Cluster cluster;
    private final WorldLog log;
    private final Map<String, Told> told = new HashMap<>();
    private long number;

    EventRecorder(Cluster cluster, WorldLog log) {
        this.cluster = cluster;
        this.log = log;
    }

    void tell(Instant now, String component, HasMetadata about, String type, String reason, String message) {
        String key = about.getMetadata().getUid() + "/" + component + "/" + reason;
        Told before = told.get(key);
        if (before == null) {
            Event event = first(now, component, about, type, reason, message);
            cluster.create(event);
            told.put(key, new Told(event, now));
        } else if (!message.equals(before.event().getMessage())
                || !now.isBefore(before.at().plus(QUIET))) {
            Event event = new EventBuilder(before.event())
                    .withMessage(message)
                    .withCount(before.event().getCount() + 1)
                    .withLastTimestamp(Timestamps.of(now))
                    .build();
            cluster.update(event);
            told.put(key, new Told(event, now));
        } else {
            return;
        }
        log.add(now, about.getKind() + " " + about.getMetadata().getName(), reason + " (" + message + ")");
    }

    private Event first(Instant now, String component, HasMetadata about, String type, String reason, String message) {
        String namespace = about.getMetadata().getNamespace();
        String home = namespace == null ? "default" : namespace;
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(home)
                .withName("%s.%016x".formatted(about.getMetadata().getName(), ++number))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(namespace)
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .withFirstTimestamp(Timestamps.of(now))
                .withLastTimestamp(Timestamps.of(now))
                .withCount(1)
                .build();
    }
}
