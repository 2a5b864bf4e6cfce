package dev.gearshift.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void aTextStaysInsideItsQuotes() {
        assertThat(PromQl.quoted("a\"b\\c\nd\u0001{}")).isEqualTo("\"a\\\"b\\\\c\\nd\\x01{}\"");
    }

    @Test
    void oneValueIsComparedAndSeveralAreARegularExpressionOfLiterals() {
        assertThat(PromQl.among("tier", List.of("l4"))).isEqualTo("tier=\"l4\"");
        assertThat(PromQl.notAmong("tier", List.of(""))).isEqualTo("tier!=\"\"");
        assertThat(PromQl.among("model", List.of("a.b", "c|d"))).isEqualTo("model=~\"a\\\\.b|c\\\\|d\"");
    }

    @Test
    void noTextEndsTheLiteralBeforeItsEnd() {
        Random random = new Random(7);
        String signs = "\"\\\n\r\t{}()|'`#a\u0000\u007f\ud800é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            String literal = PromQl.quoted(text.toString());
            assertThat(endOfLiteral(literal)).as("seed 7, text %s", literal).isEqualTo(literal.length());
            assertThat(literal.chars()).as(literal).allMatch(c -> c >= ' ');
        }
    }

    /** Where a literal that begins at the first character ends, as Go reads it. */
    private static int endOfLiteral(String literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (literal.charAt(i) == '\\') {
                i++;
            } else if (literal.charAt(i) == '"') {
                return i + 1;
            }
        }
        return -1;
    }
}
