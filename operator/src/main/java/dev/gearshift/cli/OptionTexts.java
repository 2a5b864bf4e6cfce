package dev.gearshift.cli;

import dev.gearshift.kubernetes.mapping.DurationText;
import dev.gearshift.prometheus.PrometheusSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the texts of options; each refusal says what to write instead. */
final class OptionTexts {

    private OptionTexts() {}

    /** Reads a span of time within bounds. */
    private abstract static class Span implements ITypeConverter<Duration> {

        private final Duration shortest;
        private final Duration longest;

        Span(Duration shortest, Duration longest) {
            this.shortest = shortest;
            this.longest = longest;
        }

        @Override
        public Duration convert(String text) {
            Duration duration = DurationText.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is no duration; write a number with its unit (ms, s, m, h), such as 15s or 1m30s"
                                    .formatted(text)));
            if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new TypeConversionException("it must be from %s to %s, but is %s"
                        .formatted(DurationText.of(shortest), DurationText.of(longest), text));
            }
            return duration;
        }
    }

    /** More often would not see anything new; more rarely would be too late for any burst. */
    static final class PlanningInterval extends Span {

        PlanningInterval() {
            super(Duration.ofSeconds(1), Duration.ofMinutes(5));
        }
    }

    /** Rates are taken over a minute, which needs two looks at least. */
    static final class ScrapeInterval extends Span {

        ScrapeInterval() {
            super(Duration.ofSeconds(1), Duration.ofSeconds(30));
        }
    }

    /** How long a round of queries may take; longer would delay plans too far. */
    static final class QueryTimeout extends Span {

        QueryTimeout() {
            super(Duration.ofMillis(100), Duration.ofMinutes(1));
        }
    }

    /** How often Prometheus scrapes; freshness is counted in this, and two minutes old is no metric at all. */
    static final class PrometheusInterval extends Span {

        PrometheusInterval() {
            super(Duration.ofSeconds(1), Duration.ofMinutes(1));
        }
    }

    /** Reads an address of Prometheus; nothing stays nothing. */
    static final class Address implements ITypeConverter<URI> {

        /** No address. */
        static final URI NONE = URI.create("");

        @Override
        public URI convert(String text) {
            if (text.isBlank()) {
                return NONE;
            }
            try {
                return PrometheusSettings.at(new URI(text.strip())).url();
            } catch (URISyntaxException | IllegalArgumentException unusable) {
                throw new TypeConversionException(
                        "'%s' is no address of Prometheus; write one such as http://prometheus.monitoring:9090, with a path where"
                                        .formatted(text)
                                + " the API is below one");
            }
        }
    }

    /** Reads {@code name=value}. */
    static final class Pair implements ITypeConverter<Map.Entry<String, String>> {

        @Override
        public Map.Entry<String, String> convert(String text) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new TypeConversionException("'%s' is no pair; write name=value".formatted(text));
            }
            return Map.entry(
                    text.substring(0, sign).strip(), text.substring(sign + 1).strip());
        }
    }

    /** Reads a port. */
    static final class Port implements ITypeConverter<Integer> {

        private static final int HIGHEST = 65_535;
        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

        @Override
        public Integer convert(String text) {
            if (!DIGITS.matcher(text).matches() || Integer.parseInt(text) > HIGHEST) {
                throw new TypeConversionException(
                        "'%s' is no port; write a number from 1 to %d, or 0 for any free one".formatted(text, HIGHEST));
            }
            return Integer.valueOf(text);
        }
    }

    /** Reads the name of a namespace; nothing stays nothing. */
    static final class Namespace implements ITypeConverter<String> {

        private static final Pattern LABEL = Pattern.compile("([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?");

        @Override
        public String convert(String text) {
            String name = text.strip();
            if (!LABEL.matcher(name).matches()) {
                throw new TypeConversionException(
                        "'%s' is no namespace; write names such as team-a,team-b".formatted(name));
            }
            return name;
        }
    }

    /** Reads a log format. */
    static final class Format implements ITypeConverter<LogFormat> {

        @Override
        public LogFormat convert(String text) {
            return Arrays.stream(LogFormat.values())
                    .filter(format -> format.text().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'%s' is no log format; write text or json".formatted(text)));
        }
    }
}
