package dev.gearshift.sandbox.apiserver;

import dev.gearshift.sandbox.apiserver.tree.Json;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes API server on the loopback interface, plain http, for operators that must run against it unchanged.
 *
 * <p>It knows the built-in kinds a model server's operator meets and the custom resources it is given. Its notion of now is
 * injected, its uids and generated names are counted, and its lists are sorted, so the same story leaves the same objects.
 * It has no authentication, no conversion between versions and no garbage collection.
 */
public final class EmbeddedApiServer implements AutoCloseable {

    private static final Logger REQUEST_LOG = Logger.getLogger(MockWebServer.class.getName());
    private static final int RECORDED = 1000;

    private final MockWebServer server = new MockWebServer();
    private final Shelf shelf = new Shelf();
    private final RequestCounters counters = new RequestCounters();
    private final Pause pause = new Pause();
    private final Watches watches = new Watches(shelf, pause);
    private final ClusterStore store;
    private final HttpApi api;

    private EmbeddedApiServer(List<CustomResourceDefinition> definitions, InstantSource clock) {
        ResourceTypes types = new ResourceTypes();
        Verbs verbs = new Verbs(shelf, types, clock);
        this.store = new ClusterStore(shelf, types, verbs);
        for (String namespace : new String[] {"default", "kube-system"}) {
            verbs.putUnvalidated(
                    Json.parse("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace
                            + "\"},\"status\":{\"phase\":\"Active\"}}"),
                    "kube-apiserver");
        }
        for (CustomResourceDefinition definition : definitions) {
            verbs.putUnvalidated(Json.tree(definition), "kube-apiserver");
        }
        REQUEST_LOG.setLevel(Level.WARNING);
        server.setHttp2ClearTextEnabled(false);
        this.api = new HttpApi(shelf, types, verbs, watches, counters, pause);
        server.setDispatcher(forgetful(api));
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    /** The web server keeps every request it ever saw: this makes it forget them now and then. */
    private Dispatcher forgetful(Dispatcher api) {
        AtomicInteger seen = new AtomicInteger();
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (seen.incrementAndGet() % RECORDED == 0) {
                    server.reset();
                }
                return api.dispatch(request);
            }
        };
    }

    /**
     * Starts a server on a free port.
     *
     * @param definitions the custom resources; their rules are compiled now
     * @param clock the server's notion of now
     * @throws ApiError when a definition is unusable
     */
    public static EmbeddedApiServer start(List<CustomResourceDefinition> definitions, InstantSource clock) {
        return new EmbeddedApiServer(definitions, clock);
    }

    /** A new client of this server over http; the caller closes it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(config())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** The same for a client that gives this name, without a slash. */
    public Config config(String client) {
        return new ConfigBuilder(config()).withUserAgent(client).build();
    }

    /** How clients reach this server. They ask once more after an error of the server's, which is no other the next time. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getPort() + "/")
                .withNamespace("default")
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(1)
                .build();
    }

    /**
     * Holds back requests and watchers' events until {@link #resume}: clients see what is done meanwhile as if it had been done at
     * once. Whoever pauses acts through {@link #store}.
     */
    public void pause() {
        pause.begin();
    }

    /** Lets clients go on. */
    public void resume() {
        pause.end();
    }

    /** Has this decide from now on what becomes of clients' requests; {@link Interference#NONE} ends it. */
    public void interfere(Interference by) {
        api.interfere(by);
    }

    /** Has watchers get events like this from now on. */
    public void deliver(Delivery how) {
        watches.deliver(how);
    }

    /** Ends every watch there is now; clients begin new ones. */
    public void dropWatches() {
        watches.close();
    }

    /** The same objects for controllers inside the process. */
    public ClusterStore store() {
        return store;
    }

    /** What clients have asked for and changed over http. */
    public RequestCounters requests() {
        return counters;
    }

    @Override
    public void close() {
        pause.end();
        watches.close();
        server.shutdown();
    }
}
