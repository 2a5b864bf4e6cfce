package dev.gearshift.prometheus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files in PEM form.
 *
 * @param authorities whose certificates are trusted, and nobody else's; the JVM's own when empty
 * @param certificate our own, where the server asks for one
 * @param key its private key; there exactly when {@code certificate} is
 */
public record CertificateFiles(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

    /** The JVM's authorities, and no certificate of our own. */
    public static final CertificateFiles NONE =
            new CertificateFiles(Optional.empty(), Optional.empty(), Optional.empty());

    public CertificateFiles {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("a client certificate needs its key, and a key its certificate");
        }
    }

    /** The files that are given. */
    List<Path> all() {
        List<Path> files = new ArrayList<>();
        authorities.ifPresent(files::add);
        certificate.ifPresent(files::add);
        key.ifPresent(files::add);
        return files;
    }
}
