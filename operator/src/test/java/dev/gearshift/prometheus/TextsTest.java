package dev.gearshift.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void everyTextIsWhatItWasAndTheSameOneIsKept() {
        Texts texts = new Texts();
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            String text = "pod-" + random.nextInt(20_000) + (i % 1000 == 0 ? "x".repeat(200) : "");
            char[] around = ("<" + text + ">").toCharArray();
            String read = texts.of(around, 1, text.length());
            assertThat(read).isEqualTo(text);
            if (text.length() < 100) {
                assertThat(texts.of(around, 1, text.length())).isSameAs(read);
            }
        }
    }
}
