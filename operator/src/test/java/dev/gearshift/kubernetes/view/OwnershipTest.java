package dev.gearshift.kubernetes.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {

    private static Deployment written(String manager, String operation, String field) {
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperty("f:spec", Map.of("f:" + field, Map.of()));
        return new DeploymentBuilder()
                .withNewMetadata()
                .addNewManagedField()
                .withManager(manager)
                .withOperation(operation)
                .withFieldsV1(fields)
                .endManagedField()
                .endMetadata()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "horizontal-pod-autoscaler, Update",
        "argocd-controller, Apply",
        "kubectl-client-side-apply, Update",
        "kubectl, Apply",
    })
    void whoeverHoldsTheReplicasForGoodIsAForeignScaler(String manager, String operation) {
        assertThat(Ownership.foreignScaler(written(manager, operation, "replicas")))
                .contains(manager);
        assertThat(Ownership.foreignScaler(written(manager, operation, "paused")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kubectl, Update", "kubectl-edit, Update", "kubectl-patch, Update", "gearshift, Apply"})
    void aPersonWhoChangedThemOnceAndGearshiftItselfAreNot(String manager, String operation) {
        assertThat(Ownership.foreignScaler(written(manager, operation, "replicas")))
                .isEmpty();
    }
}
