package dev.gearshift.kubernetes.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gearshift.core.model.ModelKey;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.status.Refusal;
import dev.gearshift.kubernetes.view.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies the objects of model deployments, by server-side apply under one field manager, and only when that may change
 * something: when what is wanted differs from what was applied last, or the live object from what it was then. An object that exists
 * and is not the model's is never touched. Remembers a digest an object.
 */
final class OwnedObjects {

    /** How long something refused is not tried again, when nothing about it changed. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(5);

    /** Codes with which a cluster refuses what an object holds: unreadable, forbidden by an admission rule, invalid. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 422);

    private record Key(ModelKey model, String kind, String name) {

        static Key of(HasMetadata object) {
            String model = Objects.requireNonNull(
                    object.getMetadata().getLabels().get(Labels.MODEL_DEPLOYMENT), "every owned object has this label");
            return new Key(
                    new ModelKey(object.getMetadata().getNamespace(), model),
                    object.getKind(),
                    object.getMetadata().getName());
        }
    }

    private record Applied(String wanted, String live) {}

    private record Refused(String wanted, Refusal refusal, Instant at) {}

    private final KubernetesClient client;
    private final Map<Key, Applied> applied = new ConcurrentHashMap<>();
    private final Map<Key, Refused> refused = new ConcurrentHashMap<>();

    OwnedObjects(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Asks the cluster whether it would take an object as it is wanted, without changing anything.
     *
     * @param owner whose object it is
     * @return why not, in the cluster's words
     */
    Optional<Refusal> check(HasMetadata owner, Wanted<?> object, Instant now) {
        HasMetadata wanted = object.desired();
        if (object.live().isEmpty() && !mayCreate(owner, wanted)) {
            return Optional.of(new Refusal(
                    Refusal.Kind.NAME_CONFLICT,
                    wanted.getKind() + " " + wanted.getMetadata().getName()
                            + " exists and does not belong to this ModelDeployment: delete or rename it, or rename the"
                            + " ModelDeployment"));
        }
        Key key = Key.of(wanted);
        String digest = digest(wanted);
        if (isApplied(key, digest, object.live())) {
            return Optional.empty();
        }
        Refused before = refused.get(key);
        if (before != null
                && before.wanted().equals(digest)
                && now.isBefore(before.at().plus(REFUSED_FOR))) {
            return Optional.of(before.refusal());
        }
        try {
            patch(wanted, Patches.TRY);
            refused.remove(key);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            Refusal refusal = new Refusal(Refusal.Kind.TEMPLATE_REFUSED, words(e));
            refused.put(key, new Refused(digest, refusal, now));
            return Optional.of(refusal);
        }
    }

    /**
     * Whether the cluster will not take the object as it is. A field that a built-in kind does not have makes a server-side apply fail
     * with an internal error of this text; an apply that this process may not make says nothing about the object.
     */
    private static boolean isRefusal(KubernetesClientException e) {
        String words = words(e);
        boolean untyped = words.contains("failed to create typed patch object");
        boolean unauthorised = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && (words.contains("is forbidden: User ") || words.contains("is being terminated"));
        return untyped || (REFUSALS.contains(e.getCode()) && !unauthorised);
    }

    private static String words(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    /**
     * Applies an object, unless that would change nothing.
     *
     * @return the object as it is now; empty when nothing was written
     */
    <R extends HasMetadata> Optional<R> apply(Wanted<R> object) {
        R wanted = object.desired();
        Key key = Key.of(wanted);
        String digest = digest(wanted);
        if (isApplied(key, digest, object.live())) {
            return Optional.empty();
        }
        R now = patch(wanted, Patches.APPLY_STRICTLY);
        applied.put(key, new Applied(digest, liveDigest(now)));
        return Optional.of(now);
    }

    private <R extends HasMetadata> R patch(R wanted, PatchContext how) {
        return client.resource(wanted).patch(how, wanted);
    }

    /** Forgets everything about objects of other models than these. */
    void retain(Set<ModelKey> models) {
        applied.keySet().removeIf(key -> !models.contains(key.model()));
        refused.keySet().removeIf(key -> !models.contains(key.model()));
    }

    /** Deletes an object that is the owner's. */
    void delete(HasMetadata live) {
        client.resource(live).delete();
        applied.remove(Key.of(live));
    }

    private boolean isApplied(Key key, String digest, Optional<? extends HasMetadata> live) {
        Applied last = applied.get(key);
        return last != null
                && live.isPresent()
                && last.wanted().equals(digest)
                && last.live().equals(liveDigest(live.get()));
    }

    /** Whether nobody else has an object of that name. Asked of the cluster itself, since the cache shows only our own. */
    private boolean mayCreate(HasMetadata owner, HasMetadata wanted) {
        HasMetadata existing = client.resource(wanted).get();
        return existing == null || Ownership.controls(owner, existing);
    }

    /** What changes when somebody changes what an object asks for, and not when it is only reported on. */
    private String liveDigest(HasMetadata object) {
        ObjectNode tree = tree(object);
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "managedFields", "generation"));
        }
        return hex(tree.toString());
    }

    private String digest(HasMetadata object) {
        return hex(tree(object).toString());
    }

    private ObjectNode tree(HasMetadata object) {
        return client.getKubernetesSerialization().convertValue(object, ObjectNode.class);
    }

    private static String hex(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
