package dev.gearshift.kubernetes.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gearshift.core.KeptMemory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/** What is remembered of one model as text. */
public final class MemoryJson {

    /** A longer text is neither written nor read; usual ones have a tenth of it. */
    public static final int LONGEST = 512 * 1024;

    /** What is older is of no use. */
    static final Duration LONGEST_AGE = Duration.ofDays(1);

    /** So far the clocks of two nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A text that is no memory that can be used, and why. */
    public static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    private MemoryJson() {}

    /** A memory as text. */
    public static String write(KeptMemory memory) {
        try {
            return MAPPER.writeValueAsString(MemoryWriting.document(memory));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The memory a text holds.
     *
     * @param now the present
     * @throws Unusable when it is damaged, of another version, too old or from the future
     */
    public static KeptMemory read(String text, Instant now) throws Unusable {
        if (text.length() > LONGEST) {
            throw new Unusable("it is too long");
        }
        KeptMemory memory;
        try {
            memory = MemoryReading.memory(MAPPER.readValue(text, MemoryDocument.class));
        } catch (JsonProcessingException | RuntimeException damaged) {
            String why = damaged instanceof JsonProcessingException json
                    ? json.getOriginalMessage()
                    : String.valueOf(damaged.getMessage());
            throw new Unusable("it cannot be read: " + why);
        }
        if (memory.at().isAfter(now.plus(SKEW)) || memory.at().isBefore(now.minus(LONGEST_AGE))) {
            throw new Unusable("it is of " + memory.at());
        }
        return memory;
    }
}
