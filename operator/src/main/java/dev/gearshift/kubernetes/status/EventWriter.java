package dev.gearshift.kubernetes.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the cluster. One that is there already is counted up. Needs {@code get}, {@code create} and {@code patch}. */
public final class EventWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    private final KubernetesClient client;

    /** A writer to a cluster; the client is not closed by it. */
    public EventWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Writes an event into the namespace of what it is about. Never throws: an event that cannot be written is logged, since
     * nothing that matters more may fail for it.
     *
     * @param object what it is about; it has a name, a namespace and a uid
     * @param text the news
     * @param now the present
     */
    public void write(HasMetadata object, EventText text, Instant now) {
        try {
            Event event = text.about(object, now);
            var events = client.v1().events().inNamespace(event.getMetadata().getNamespace());
            Resource<Event> written = events.withName(event.getMetadata().getName());
            if (written.get() == null) {
                events.resource(event).create();
            } else {
                written.edit(last -> EventText.again(last, now));
            }
        } catch (RuntimeException e) {
            LOG.warn("cannot write event {} ({})", text.reason(), text.message(), e);
        }
    }
}
