package dev.gearshift.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for 127.0.0.1 with its key, made by the JDK's keytool. */
final class Credentials {

    /** Of what kind a key is. */
    enum Kind {
        RSA("2048"),
        EC("256");

        private final String size;

        Kind(String size) {
            this.size = size;
        }
    }

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final byte[] P256 = {0x06, 0x08, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x03, 0x01, 0x07};

    private final Certificate certificate;
    private final PrivateKey key;

    private Credentials(Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    static Credentials make(Path folder, Kind kind, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        kind.name(),
                        kind == Kind.EC ? "-groupname" : "-keysize",
                        kind == Kind.EC ? "secp256r1" : kind.size,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        Key key = loaded.getKey(name, PASSWORD);
        return new Credentials(loaded.getCertificate(name), (PrivateKey) key);
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String pkcs8Pem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The key as OpenSSL writes an RSA key by default: what PKCS#8 wraps. */
    String pkcs1Pem() {
        byte[] pkcs8 = key.getEncoded();
        // SEQ(4) version(3) algorithm(15) OCTETS(4): the same for every RSA key of 1024 to 8192 bits.
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
    }

    /** The key as OpenSSL writes a P-256 key by default, with the parameters before it. */
    String sec1Pem() {
        byte[] secret = new byte[32];
        byte[] number = ((ECPrivateKey) key).getS().toByteArray();
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, secret, 32 - length, length);
        byte[] body = joined(
                new byte[] {0x30, 49, 0x02, 0x01, 0x01, 0x04, 32},
                secret,
                new byte[] {(byte) 0xA0, (byte) P256.length},
                P256);
        return pem("EC PARAMETERS", P256) + pem("EC PRIVATE KEY", body);
    }

    /** A server's side of TLS; asks for a client's certificate where there are any that it trusts. */
    SSLContext server(Optional<Credentials> trusted) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", key, PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        if (trusted.isPresent()) {
            others.setCertificateEntry("client", trusted.get().certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        SSLContext context = SSLContext.getInstance("TLS");
        if (trusted.isPresent()) {
            trust.init(others);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        } else {
            context.init(keys.getKeyManagers(), null, null);
        }
        return context;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The serial number, which tells certificates apart. */
    BigInteger serial() {
        return ((X509Certificate) certificate).getSerialNumber();
    }
}
