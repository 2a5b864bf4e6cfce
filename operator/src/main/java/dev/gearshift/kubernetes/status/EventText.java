package dev.gearshift.kubernetes.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * News worth an event.
 *
 * @param warning whether a person should look
 * @param reason what kind of news, one word
 * @param message the news in a sentence; cut when longer than {@value #LONGEST} characters
 */
public record EventText(boolean warning, String reason, String message) {

    /** The longest note an event of {@code events.k8s.io} may have; the older API has no bound. */
    static final int LONGEST = 1024;

    private static final String SOURCE = "gearshift";

    public EventText {
        message = BoundedText.cut(message, LONGEST);
    }

    /**
     * The event to write. The same news about the same object has the same name for ever, also after a restart: it is counted
     * instead of told again.
     *
     * @param object what it is about; it has a name, a namespace and a uid
     * @param now the present
     */
    Event about(HasMetadata object, Instant now) {
        String name = object.getMetadata().getName();
        String namespace = object.getMetadata().getNamespace();
        String uid = object.getMetadata().getUid();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name + "." + fingerprint(uid))
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .endInvolvedObject()
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(Figures.time(now))
                .withLastTimestamp(Figures.time(now))
                .withCount(1)
                .withNewSource()
                .withComponent(SOURCE)
                .endSource()
                .withReportingComponent(SOURCE)
                .build();
    }

    /** The event of the same name, once more. */
    static Event again(Event written, Instant now) {
        Integer count = written.getCount();
        return new EventBuilder(written)
                .withCount(count == null ? 2 : count + 1)
                .withLastTimestamp(Figures.time(now))
                .build();
    }

    private String fingerprint(String uid) {
        String news = String.join("\n", reason, message, uid);
        UUID hash = UUID.nameUUIDFromBytes(news.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(hash.getMostSignificantBits());
    }
}
