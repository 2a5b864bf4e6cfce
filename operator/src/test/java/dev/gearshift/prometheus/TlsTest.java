package dev.gearshift.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gearshift.prometheus.Credentials.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is trusted, who we are, and what a rotation of the files does, against a server that speaks TLS. */
@SuppressWarnings("NullAway.Init")
final class TlsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    static Path made;

    private static Credentials serverRsa;
    private static Credentials serverEc;
    private static Credentials clientRsa;
    private static Credentials clientEc;
    private static Credentials clientNext;

    @TempDir
    Path folder;

    private final AtomicReference<BigInteger> seen = new AtomicReference<>();
    private HttpsServer server;
    private ExecutorService threads;
    private PrometheusApi api;

    @BeforeAll
    static void make() throws Exception {
        serverRsa = Credentials.make(made, Kind.RSA, "server-rsa");
        serverEc = Credentials.make(made, Kind.EC, "server-ec");
        clientRsa = Credentials.make(made, Kind.RSA, "client-rsa");
        clientEc = Credentials.make(made, Kind.EC, "client-ec");
        clientNext = Credentials.make(made, Kind.RSA, "client-next");
    }

    @AfterEach
    void stop() {
        if (api != null) {
            api.close();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aServerIsTrustedWhenItsAuthorityIsInTheFile(String kind) throws Exception {
        serve(kind.equals("RSA") ? serverRsa : serverEc, Optional.empty());
        write("ca.crt", "Some words around it.\n" + serverEc.certificatePem() + "\n" + serverRsa.certificatePem());

        assertThat(ask()).isEmpty();
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        serve(serverRsa, Optional.empty());
        write("ca.crt", serverEc.certificatePem());

        assertThat(ask()).hasValueSatisfying(detail -> assertThat(detail).contains("certif"));
    }

    @Test
    void withoutAFileTheAuthoritiesOfTheJvmAreTrustedAndNoOthers() throws Exception {
        serve(serverRsa, Optional.empty());
        api = api(CertificateFiles.NONE);

        assertThat(ask()).hasValueSatisfying(detail -> assertThat(detail).contains("certif"));
    }

    @ParameterizedTest
    @CsvSource({"RSA,pkcs8", "RSA,pkcs1", "EC,pkcs8", "EC,sec1"})
    void aServerThatAsksIsShownOurCertificateWhateverTheFormOfItsKey(String kind, String form) throws Exception {
        Credentials client = kind.equals("RSA") ? clientRsa : clientEc;
        serve(serverRsa, Optional.of(client));
        write("ca.crt", serverRsa.certificatePem());
        write("tls.crt", client.certificatePem());
        write(
                "tls.key",
                switch (form) {
                    case "pkcs1" -> client.pkcs1Pem();
                    case "sec1" -> client.sec1Pem();
                    default -> client.pkcs8Pem();
                });
        api = api(own());

        assertThat(ask()).isEmpty();
        assertThat(seen.get()).isEqualTo(client.serial());
    }

    @Test
    void aServerThatAsksRefusesWhoHasNoCertificate() throws Exception {
        serve(serverRsa, Optional.of(clientRsa));
        write("ca.crt", serverRsa.certificatePem());

        assertThat(ask()).isPresent();
        assertThat(seen.get()).isNull();
    }

    @Test
    void anotherAuthorityOnDiskIsTakenUpWithoutARestart() throws Exception {
        serve(serverRsa, Optional.empty());
        write("ca.crt", serverEc.certificatePem());
        assertThat(ask()).isPresent();

        write("ca.crt", serverRsa.certificatePem());
        assertThat(ask()).isEmpty();
    }

    @Test
    void anotherCertificateOnDiskIsShownWithoutARestart() throws Exception {
        serve(serverRsa, Optional.of(clientRsa));
        write("ca.crt", serverRsa.certificatePem());
        write("tls.crt", clientRsa.certificatePem());
        write("tls.key", clientRsa.pkcs8Pem());
        api = api(own());
        assertThat(ask()).isEmpty();

        restart(serverRsa, Optional.of(clientNext));
        write("tls.crt", clientNext.certificatePem());
        write("tls.key", clientNext.pkcs1Pem());
        assertThat(ask()).isEmpty();
        assertThat(seen.get()).isEqualTo(clientNext.serial());
    }

    @Test
    void aRotationOfAMountedSecretIsSeenThroughItsLinks() throws Exception {
        serve(serverRsa, Optional.empty());
        Files.createDirectory(folder.resolve("v1"));
        Files.createDirectory(folder.resolve("v2"));
        Files.writeString(folder.resolve("v1/ca.crt"), serverEc.certificatePem());
        Files.writeString(folder.resolve("v2/ca.crt"), serverRsa.certificatePem());
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        Files.createSymbolicLink(folder.resolve("ca.crt"), Path.of("..data", "ca.crt"));
        assertThat(ask()).isPresent();

        Files.createSymbolicLink(folder.resolve("..next"), Path.of("v2"));
        Files.move(folder.resolve("..next"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(ask()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "empty", "gone", "another's", "words"})
    void inTheMiddleOfARotationTheOldConnectionServes(String broken) throws Exception {
        serve(serverRsa, Optional.of(clientRsa));
        write("ca.crt", serverRsa.certificatePem());
        write("tls.crt", clientRsa.certificatePem());
        write("tls.key", clientRsa.pkcs8Pem());
        api = api(own());
        assertThat(ask()).isEmpty();

        switch (broken) {
            case "cut" -> write("tls.key", clientNext.pkcs8Pem().substring(0, 400));
            case "empty" -> write("ca.crt", "");
            case "gone" -> Files.delete(folder.resolve("tls.crt"));
            case "another's" -> write("tls.key", clientNext.pkcs8Pem());
            default -> write("tls.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        }
        assertThat(ask()).isEmpty();
        assertThat(seen.get()).isEqualTo(clientRsa.serial());
    }

    @Test
    void aFileThatNeverCouldBeUsedIsNamed() throws Exception {
        serve(serverRsa, Optional.empty());
        write("ca.crt", "nothing");

        assertThat(ask()).hasValueSatisfying(detail -> assertThat(detail).contains("ca.crt holds no certificate"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private CertificateFiles own() {
        return new CertificateFiles(
                Optional.of(folder.resolve("ca.crt")),
                Optional.of(folder.resolve("tls.crt")),
                Optional.of(folder.resolve("tls.key")));
    }

    private PrometheusApi api(CertificateFiles files) {
        PrometheusSettings usual = PrometheusSettings.at(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort()));
        return new PrometheusApi(new PrometheusSettings(
                usual.url(), Duration.ofSeconds(30), new TreeMap<>(), Optional.empty(), files, 1000, 1));
    }

    /** Asks with the file of authorities alone unless a test has said otherwise; what went wrong, if anything. */
    private Optional<String> ask() {
        if (api == null) {
            api = api(new CertificateFiles(Optional.of(folder.resolve("ca.crt")), Optional.empty(), Optional.empty()));
        }
        Query<StringBuilder> query = Query.filling("any", "up", StringBuilder::new, (all, sample) -> {});
        return api.ask(List.of(query), NOW).missing().stream().findFirst();
    }

    private void restart(Credentials credentials, Optional<Credentials> client) throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        threads.shutdownNow();
        serve(credentials, client, port);
    }

    private void serve(Credentials credentials, Optional<Credentials> client) throws Exception {
        serve(credentials, client, 0);
    }

    private void serve(Credentials credentials, Optional<Credentials> client, int port) throws Exception {
        SSLContext context = credentials.server(client);
        threads = Executors.newCachedThreadPool();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(client.isPresent());
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            if (client.isPresent()) {
                seen.set(((X509Certificate)
                                ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0])
                        .getSerialNumber());
            }
            exchange.getRequestBody().readAllBytes();
            byte[] answer = FakePrometheus.vector().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
