package dev.gearshift.prometheus;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client to the server. Made anew when one of the certificate files has changed (a mounted Secret is swapped under the same
 * name), so that a rotation needs no restart.
 */
final class Connection {

    private static final Duration CONNECTING = Duration.ofSeconds(3);

    /** The store lives in memory only. */
    private static final char[] NO_PASSWORD = {};

    private static final byte[] PROBE = {1, 2, 3};

    /** How a key of each kind signs. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

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
            context.init(own(), trusted(), new SecureRandom());
            builder.sslContext(context);
        }
        return builder.build();
    }

    /** Who is trusted: those in the file and nobody else; the JVM's own when null. */
    private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
        if (files.authorities().isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate authority : PemFile.read(files.authorities().get()).certificates()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Who we are; nobody when null. */
    private KeyManager @Nullable [] own() throws IOException, GeneralSecurityException {
        if (files.certificate().isEmpty()) {
            return null;
        }
        List<Certificate> chain = PemFile.read(files.certificate().get()).certificates();
        PrivateKey key = PemFile.read(files.key().orElseThrow()).key();
        requireMatch(key, chain.get(0));
        KeyStore store = empty();
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** In the middle of a rotation the certificate may be new and the key old, and the server would only say that it is not right. */
    private static void requireMatch(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null
                || !algorithm.equals(SIGNATURES.get(certificate.getPublicKey().getAlgorithm()))) {
            throw new GeneralSecurityException("the key is not of the certificate's kind");
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
