package dev.gearshift.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server that knows widgets, a client and a clock that stands still until it is told otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerFixture {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    static final String API = "test.gearshift.dev/v1";

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    EmbeddedApiServer server = newServer();
    KubernetesClient client = server.client();

    EmbeddedApiServer newServer() {
        return EmbeddedApiServer.start(List.of(widgets()), now::get);
    }

    @BeforeEach
    void clear() {
        client.genericKubernetesResources(API, "Widget").inNamespace("default").delete();
        server.store().list(Deployment.class).forEach(server.store()::remove);
        server.store().list(Pod.class).forEach(server.store()::remove);
        server.store().list(ConfigMap.class).forEach(server.store()::remove);
        server.requests().reset();
        now.set(START);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    static CustomResourceDefinition widgets() {
        try (InputStream in =
                Objects.requireNonNull(ServerFixture.class.getResourceAsStream("/apiserver/widgets.yaml"))) {
            return Serialization.unmarshal(in, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String widgetText(String name, String spec) {
        return "{apiVersion: " + API + ", kind: Widget, metadata: {name: " + name + ", namespace: default}, spec: "
                + spec + "}";
    }

    static GenericKubernetesResource generic(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
    }

    Resource<GenericKubernetesResource> widget(String yaml) {
        return client.genericKubernetesResources(API, "Widget")
                .inNamespace("default")
                .resource(generic(yaml));
    }

    GenericKubernetesResource create(String name, String spec) {
        return widget(widgetText(name, spec)).create();
    }

    GenericKubernetesResource apply(String manager, boolean force, String name, String spec) {
        return widget(widgetText(name, spec)).patch(applying(manager, force));
    }

    static PatchContext applying(String manager, boolean force) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(force)
                .build();
    }

    GenericKubernetesResource stored(String name) {
        return client.genericKubernetesResources(API, "Widget")
                .inNamespace("default")
                .withName(name)
                .get();
    }

    Deployment applyDeployment(String manager, boolean force, String yaml) {
        return client.resource(Serialization.unmarshal("---\n" + yaml, Deployment.class))
                .patch(applying(manager, force));
    }

    static @Nullable Object at(GenericKubernetesResource object, Object... path) {
        return object.get(path);
    }

    static KubernetesClientException refusal(ThrowingCallable call) {
        KubernetesClientException e = catchThrowableOfType(KubernetesClientException.class, call);
        assertThat(e).as("a refusal").isNotNull();
        return e;
    }
}
