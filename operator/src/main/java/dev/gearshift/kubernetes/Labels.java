package dev.gearshift.kubernetes;

import dev.gearshift.core.model.TierName;
import dev.gearshift.kubernetes.api.v1alpha1.GearshiftApi;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels by which Gearshift finds what it made, and the other names it leaves on objects. */
public final class Labels {

    /** Which model deployment an object or a pod belongs to: its name. */
    public static final String MODEL_DEPLOYMENT = GearshiftApi.GROUP + "/model-deployment";

    /** Which tier an object or a pod belongs to: its name. */
    public static final String TIER = GearshiftApi.GROUP + "/tier";

    /** On a pod that Services may send requests to, with the value {@link #SERVING_VALUE}; taken away when it drains. */
    public static final String SERVING = GearshiftApi.GROUP + "/serving";

    /** The only value of {@link #SERVING}. */
    public static final String SERVING_VALUE = "true";

    /** Who looks after an object: {@link #FIELD_MANAGER}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** An annotation of a pod: of two pods of a ReplicaSet, the one with the lower number is deleted first. */
    public static final String POD_DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /** Under which name Gearshift owns fields of objects. */
    public static final String FIELD_MANAGER = "gearshift";

    private Labels() {}

    /** What selects every pod of a model, in its namespace. */
    public static SortedMap<String, String> ofModel(String model) {
        return with(Collections.emptySortedMap(), MODEL_DEPLOYMENT, model);
    }

    /** What selects every pod of a model on one tier, in the model's namespace: the selector of a Deployment, for ever. */
    public static SortedMap<String, String> ofTier(String model, TierName tier) {
        return with(ofModel(model), TIER, tier.value());
    }

    /** What selects only those pods of a selection that serve. */
    public static SortedMap<String, String> serving(SortedMap<String, String> selection) {
        return with(selection, SERVING, SERVING_VALUE);
    }

    private static SortedMap<String, String> with(SortedMap<String, String> labels, String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(labels);
        more.put(name, value);
        return Collections.unmodifiableSortedMap(more);
    }
}
