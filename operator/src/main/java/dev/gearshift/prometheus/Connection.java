package dev.gearshift.prometheus;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client to the server. Made anew when one of the certificate files has changed (a mounted Secret is swapped under the same
 * name), so that a rotation needs no restart.
 */
final class Connection {

    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final List<String> KEY_KINDS = List.of("RSA", "EC");

    private final CertificateFiles files;
    private List<String> madeFrom = List.of();
    private @Nullable HttpClient client;

    Connection(CertificateFiles files) {
        this.files = files;
    }

    /**
     * The client for now.
     *
     * @throws IOException when a certificate file cannot be read or understood, and no client was made before
     */
    synchronized HttpClient client() throws IOException {
        List<String> state = state();
        if (client == null || !state.equals(madeFrom)) {
            try {
                client = make();
                madeFrom = state;
            } catch (IOException | GeneralSecurityException | RuntimeException unusable) {
                // In the middle of a rotation files may not fit together: the old ones serve until they do.
                if (client == null) {
                    throw new IOException("the certificate files cannot be used: " + unusable.getMessage(), unusable);
                }
            }
        }
        return client;
    }

    private List<String> state() {
        List<String> state = new ArrayList<>();
        for (Path file : files.all()) {
            try {
                state.add(Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + file.toRealPath());
            } catch (IOException missing) {
                state.add("missing");
            }
        }
        return state;
    }

    private HttpClient make() throws IOException, GeneralSecurityException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECTING);
        if (!files.all().isEmpty()) {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] own = files.certificate().isEmpty()
                    ? null
                    : keys(files.certificate().get(), key());
            TrustManager[] trusted = files.authorities().isEmpty()
                    ? null
                    : SSLUtils.trustManagers(null, files.authorities().get().toString(), false, null, null);
            context.init(own, trusted, new SecureRandom());
            builder.sslContext(context);
        }
        return builder.build();
    }

    private Path key() {
        return files.key().orElseThrow();
    }

    /** The reader of keys wants to be told of which kind one is. */
    private static KeyManager[] keys(Path certificate, Path key) throws IOException, GeneralSecurityException {
        GeneralSecurityException unusable = new GeneralSecurityException("the key is of no known kind");
        for (String kind : KEY_KINDS) {
            try {
                return SSLUtils.keyManagers(null, certificate.toString(), null, key.toString(), kind, "", null, null);
            } catch (GeneralSecurityException other) {
                unusable.addSuppressed(other);
            }
        }
        throw unusable;
    }
}
