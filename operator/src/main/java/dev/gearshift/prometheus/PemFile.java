package dev.gearshift.prometheus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates and keys in PEM form (RFC 7468). Text around the blocks is passed over. Private keys may be in PKCS#8, and as
 * cert-manager and OpenSSL write them by default, in PKCS#1 ({@code RSA PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}); encrypted ones
 * are not read.
 */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** The object identifier 1.2.840.113549.1.1.1 (rsaEncryption) with its NULL. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** The object identifier 1.2.840.10045.2.1 (ecPublicKey). */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private record Block(String label, String base64) {

        byte[] der() {
            return Base64.getMimeDecoder().decode(base64);
        }
    }

    private final Path path;
    private final List<Block> blocks;

    private PemFile(Path path, List<Block> blocks) {
        this.path = path;
        this.blocks = blocks;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     */
    static PemFile read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return new PemFile(path, blocks);
    }

    /**
     * Its certificates, in the order of the file.
     *
     * @throws GeneralSecurityException when there is none, or one that cannot be understood
     */
    List<Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException(path + " holds no certificate");
        }
        return certificates;
    }

    /**
     * Its first private key.
     *
     * @throws GeneralSecurityException when there is none that can be understood
     */
    PrivateKey key() throws GeneralSecurityException {
        for (Block block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.der());
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(der(SEQUENCE, VERSION_0, der(SEQUENCE, RSA), der(OCTETS, block.der())));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(
                            der(SEQUENCE, VERSION_0, der(SEQUENCE, EC, curve(block.der())), der(OCTETS, block.der())));
                }
                default -> {
                    // A certificate, or the parameters that OpenSSL writes before a key.
                }
            }
        }
        throw new GeneralSecurityException(path + " holds no private key that is not encrypted");
    }

    private PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException unusable = new InvalidKeySpecException(path + " holds a key of no known kind");
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException other) {
                unusable.addSuppressed(other);
            }
        }
        throw unusable;
    }

    /** The curve of a key by SEC 1, which PKCS#8 wants to have beside the key: {@code SEQ(version, secret, [0] curve, …)}. */
    private byte[] curve(byte[] sec1) throws GeneralSecurityException {
        try {
            int at = contentAt(sec1, 0);
            while (at < sec1.length) {
                int content = contentAt(sec1, at);
                int end = content + lengthAt(sec1, at);
                if ((sec1[at] & 0xFF) == PARAMETERS) {
                    return Arrays.copyOfRange(sec1, content, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException cut) {
            throw new InvalidKeySpecException(path + " is damaged", cut);
        }
        throw new InvalidKeySpecException(path + " holds an EC key that does not name its curve");
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int lengthAt(byte[] der, int at) throws InvalidKeySpecException {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        long length = 0;
        for (int i = at + 2; i < contentAt(der, at); i++) {
            length = length << 8 | (der[i] & 0xFF);
        }
        if (length < 0 || length > der.length) {
            throw new InvalidKeySpecException("a key is damaged");
        }
        return (int) length;
    }

    /** An element by the distinguished encoding rules of ASN.1. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            // No key is longer than 64 KiB.
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
