package dev.gearshift.prometheus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The token in a file. No message holds any of it. */
final class BearerToken {

    private static final Pattern ONE_LINE = Pattern.compile("[!-~]+");

    private BearerToken() {}

    /**
     * The token, without the blanks and line breaks around it.
     *
     * @throws IOException when the file cannot be read, or holds anything but one word of printable ASCII
     */
    static String read(Path file) throws IOException {
        // Every byte is a character of this, so that what is no text is found out here and not by the reader.
        String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!ONE_LINE.matcher(token).matches()) {
            throw new IOException("the token file " + file + " holds no single-line token");
        }
        return token;
    }
}
