package dev.gearshift.kubernetes.reconcile;

import dev.gearshift.kubernetes.Labels;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** The ways in which Gearshift writes, all under its field manager. */
public final class Patches {

    /** Makes an object hold what is sent of it; fields sent before and not now are given up. */
    public static final PatchContext APPLY = apply().build();

    /** The same for objects with parts a user wrote: fields nobody knows are refused. */
    static final PatchContext APPLY_STRICTLY =
            apply().withFieldValidation("Strict").build();

    /** Only asks what would become of that. */
    static final PatchContext TRY =
            apply().withFieldValidation("Strict").withDryRun(List.of("All")).build();

    /** Changes the fields that are sent and no others. */
    static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Labels.FIELD_MANAGER)
            .build();

    private Patches() {}

    private static PatchContext.Builder apply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(Labels.FIELD_MANAGER)
                .withForce(true);
    }
}
