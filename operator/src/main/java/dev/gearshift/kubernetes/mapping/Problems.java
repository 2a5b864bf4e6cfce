package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Money;
import dev.gearshift.kubernetes.api.v1alpha1.ReadingProblem;
import dev.gearshift.kubernetes.api.v1alpha1.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one declaration. A field that could not be read is told of once: what then seems missing there
 * is not complained about again.
 */
final class Problems {

    private final List<String> unreadable = new ArrayList<>();
    private final List<FieldError> errors = new ArrayList<>();

    Problems(@Nullable Source source) {
        for (ReadingProblem problem : source == null ? List.<ReadingProblem>of() : source.problems()) {
            if (problem.kind() == ReadingProblem.Kind.WRONG_TYPE) {
                refuse(problem.path(), "is " + problem.found(), "write " + problem.expected());
                unreadable.add(problem.path());
            } else {
                warn(problem.path(), "is not known", "remove it, or install the version of Gearshift that knows it");
            }
        }
    }

    void refuse(String path, String problem, String remedy) {
        add(path, problem, remedy, FieldError.Severity.REFUSED);
    }

    void dropTier(String path, String problem, String remedy) {
        add(path, problem, remedy, FieldError.Severity.TIER);
    }

    void warn(String path, String problem, String remedy) {
        add(path, problem, remedy, FieldError.Severity.WARNING);
    }

    /** Something that must be there is not. */
    void missing(String path, String remedy) {
        if (unreadable.stream().noneMatch(known -> isAtOrAbove(path, known))) {
            refuse(path, "is missing", remedy);
        }
    }

    private void add(String path, String problem, String remedy, FieldError.Severity severity) {
        if (unreadable.stream().noneMatch(known -> isAtOrAbove(known, path))) {
            errors.add(new FieldError(path, problem, remedy, severity));
        }
    }

    private static boolean isAtOrAbove(String above, String path) {
        return path.startsWith(above)
                && (path.length() == above.length()
                        || path.charAt(above.length()) == '.'
                        || path.charAt(above.length()) == '[');
    }

    /** What was found so far, in the order it was found. */
    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    boolean anyRefused() {
        return errors.stream().anyMatch(error -> error.severity() == FieldError.Severity.REFUSED);
    }

    /** A whole number within bounds, or the fallback. */
    int whole(String path, @Nullable Integer value, int fallback, int least, int most) {
        return whole(path, value, least, most).orElse(fallback);
    }

    /** A whole number within bounds, empty when there is none. */
    OptionalInt whole(String path, @Nullable Integer value, int least, int most) {
        if (value == null) {
            return OptionalInt.empty();
        } else if (value < least || value > most) {
            refuse(path, "is " + value, "write a whole number from " + least + " to " + most);
            return OptionalInt.empty();
        }
        return OptionalInt.of(value);
    }

    /** A number above zero (or at zero, where that is allowed), empty when there is none. */
    Optional<Double> number(String path, @Nullable Double value, boolean zeroAllowed) {
        if (value == null) {
            return Optional.empty();
        } else if (!(zeroAllowed ? value >= 0 : value > 0) || value > 1e6) {
            refuse(
                    path,
                    "is " + plain(value),
                    "write a number " + (zeroAllowed ? "from 0" : "above 0") + " to 1000000");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    /** A span of time, empty when there is none. */
    Optional<Duration> duration(String path, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        Optional<Duration> duration = DurationText.parse(value);
        if (duration.isEmpty()) {
            refuse(path, "is \"" + value + "\", which is no duration", "write such as 500ms, 2m or 1h30m");
        }
        return duration;
    }

    /** An amount of money, not negative; empty when there is none. */
    Optional<Money> money(String path, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        Optional<Money> money = MoneyText.parse(value);
        if (money.isEmpty()) {
            refuse(
                    path,
                    "is \"" + value + "\", which is no amount of dollars",
                    "write a decimal number that is not negative, such as \"0.80\"");
        }
        return money;
    }

    /** One of several words; the fallback when there is none. */
    <E extends Enum<E>> E word(String path, @Nullable String value, Words<E> words, E fallback) {
        return value == null ? fallback : word(path, value, words).orElse(fallback);
    }

    /** One of several words, empty when it is none of them. */
    <E extends Enum<E>> Optional<E> word(String path, String value, Words<E> words) {
        Optional<E> known = words.parse(value);
        if (known.isEmpty()) {
            refuse(path, "is \"" + value + "\", which is not known", "write " + words.listed());
        }
        return known;
    }

    /** A number as a person writes it: 195 rather than 195.0. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
