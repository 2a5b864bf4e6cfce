package dev.gearshift;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease whose holder stops, and gives it back so that the next one need not wait until it runs out. */
final class HeldLease {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

    private HeldLease() {}

    /** Gives a lease back if it is still held. Never throws: it runs out by itself. To be called when nothing renews it any more. */
    static void giveBack(KubernetesClient client, Gearshift.Lease held) {
        try {
            var resource = client.leases().inNamespace(held.namespace()).withName(held.name());
            Lease lease = resource.get();
            if (lease != null && held.identity().equals(lease.getSpec().getHolderIdentity())) {
                // The version goes along: whoever took the lease meanwhile keeps it.
                client.resource(new LeaseBuilder(lease)
                                .editSpec()
                                .withHolderIdentity("")
                                .endSpec()
                                .build())
                        .update();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the lease {} could not be given back and runs out by itself", held.name(), e);
        }
    }
}
