package dev.gearshift.kubernetes.dependent;

import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Who owns an object: deleting the owner deletes it too. */
public final class Owner {

    private Owner() {}

    /**
     * The reference to a model deployment as its controller, which blocks its deletion in the foreground.
     *
     * @throws IllegalArgumentException when the model deployment has no uid, so does not come from a cluster
     */
    public static OwnerReference of(ModelDeployment model) {
        String uid = model.getMetadata().getUid();
        if (uid == null) {
            throw new IllegalArgumentException(model.getMetadata().getName() + " has no uid");
        }
        return new OwnerReferenceBuilder()
                .withApiVersion(model.getApiVersion())
                .withKind(model.getKind())
                .withName(model.getMetadata().getName())
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
