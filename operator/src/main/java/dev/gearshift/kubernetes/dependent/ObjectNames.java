package dev.gearshift.kubernetes.dependent;

import dev.gearshift.core.model.TierName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of owned objects. They never change: an object of another name would be another object, with other pods. */
public final class ObjectNames {

    /** The longest name of a Service, a DNS label. */
    private static final int LONGEST = 63;

    private static final int HASH_BYTES = 2;

    private ObjectNames() {}

    /**
     * The name of the Deployment and of the Service of a model on one tier: both names, cut where they are too long, and four
     * hexadecimal digits of their hash, which tell {@code chat} on {@code a-b} from {@code chat-a} on {@code b}.
     */
    public static String tier(String model, TierName tier) {
        byte[] hash = sha256(model + "/" + tier.value());
        String suffix = "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        String both = model + "-" + tier.value();
        return both.substring(0, Math.min(both.length(), LONGEST - suffix.length())) + suffix;
    }

    /** The name of the Service in front of all tiers and of the disruption budget: the model's own. */
    public static String front(String model) {
        return model;
    }

    /** The name of the ConfigMap with what is remembered of a model. */
    public static String memory(String model) {
        return model + "-gearshift-memory";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
