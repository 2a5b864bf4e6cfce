package dev.gearshift.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(requests_total{model=\"chat\"}[1m]))",
                "a{b='it\\'s } )'} or\n\tb offset 5m",
                "x{a=`{[(\"#\n`}",
                "{\"http.server.requests\", le=\"0.5\"}[5m:1m] @ end()",
                "x{a=\"# no comment\"}",
                "label_replace(x, \"a\", \"é)\", \"\", \"\")",
            })
    void anExpressionThatClosesWhatItOpensIsTaken(String text) {
        assertThat(QueryText.fault(text)).isEmpty();
        assertThat(new QueryText(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x) or vector(1) or (y | has a ')' that closes nothing",
                "x[5m) | has a ')' that closes nothing",
                "sum(x | lacks a ')'",
                "x{a=\"1\" | lacks a '}'",
                "x{a=\"} | has a quote that is not closed in its line",
                "x{a='\\'} | has a quote that is not closed in its line",
                "x{a=`\\`}` | has a quote that is not closed in its line",
                "x # y | has a comment",
                "x{a=\"\\\\\"} # \"} | has a comment",
                "x\u00a0y | has the character U+00A0 outside quotes",
                "x\u0001y | has the character U+0001 outside quotes",
            })
    void whatReachesBeyondItsParenthesesIsRefused(String text, String fault) {
        assertThat(QueryText.fault(text)).contains(fault);
        assertThatThrownBy(() -> new QueryText(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextWithoutAnExpressionOrWithTooMuchOfOneIsRefused() {
        assertThat(QueryText.fault(" \n")).contains("is empty");
        assertThat(QueryText.fault("x{a=\"1\n\"}")).contains("has a quote that is not closed in its line");
        assertThat(QueryText.fault("x".repeat(2049))).contains("has 2049 characters, more than 2048");
    }
}
