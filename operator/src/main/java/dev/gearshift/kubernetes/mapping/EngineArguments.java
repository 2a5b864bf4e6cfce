package dev.gearshift.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command line of an engine. A flag's value is read from {@code --flag=value} and {@code --flag value}; the last one
 * counts, and underscores are as good as dashes. A shell's script is split at white space.
 */
public final class EngineArguments {

    /** A flag somewhere after the beginning. */
    private static final Pattern SCRIPT = Pattern.compile("\\s--?[a-z]");

    private final List<String> words = new ArrayList<>();

    EngineArguments(List<String> arguments) {
        for (String argument : arguments) {
            words.addAll(
                    SCRIPT.matcher(argument).find()
                            ? Arrays.asList(argument.trim().split("\\s+", -1))
                            : List.of(argument));
        }
    }

    /** The command line of an engine's container with more arguments after its own. */
    public static EngineArguments of(Container engine, List<String> more) {
        return new EngineArguments(Stream.of(engine.getCommand(), engine.getArgs(), more)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Whether any of these flags is given, with a value or without. */
    public boolean namesAny(List<String> flags) {
        return words.stream().map(EngineArguments::name).anyMatch(flags::contains);
    }

    /** The value of a flag, empty when it is not given or has none. */
    Optional<String> value(String flag) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean isNamed = name(word).equals(flag);
            int equals = word.indexOf('=');
            if (isNamed && equals >= 0) {
                value = Optional.of(word.substring(equals + 1));
            } else if (isNamed && i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
                value = Optional.of(words.get(i + 1));
            }
        }
        return value;
    }

    /** The value of the first of some flags that is given with a positive whole number. */
    OptionalInt positive(List<String> flags) {
        return flags.stream()
                .map(this::positive)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** The value of a flag where it is a positive whole number. */
    public OptionalInt positive(String flag) {
        return value(flag)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .filter(number -> number.getAsInt() > 0)
                .orElse(OptionalInt.empty());
    }

    private static String name(String word) {
        int equals = word.indexOf('=');
        return (equals < 0 ? word : word.substring(0, equals)).replace('_', '-');
    }
}
