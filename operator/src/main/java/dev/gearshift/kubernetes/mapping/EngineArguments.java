package dev.gearshift.kubernetes.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line of an engine. A flag's value is read from {@code --flag=value} and {@code --flag value}; the last one
 * counts, and underscores are as good as dashes. A shell's one-line script is split at white space.
 */
final class EngineArguments {

    private final List<String> words = new ArrayList<>();

    EngineArguments(List<String> arguments) {
        for (String argument : arguments) {
            words.addAll(
                    argument.contains(" --") ? Arrays.asList(argument.trim().split("\\s+", -1)) : List.of(argument));
        }
    }

    /** The value of a flag, empty when it is not given or has none. */
    Optional<String> value(String flag) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = (equals < 0 ? word : word.substring(0, equals)).replace('_', '-');
            if (name.equals(flag) && equals >= 0) {
                value = Optional.of(word.substring(equals + 1));
            } else if (name.equals(flag)
                    && i + 1 < words.size()
                    && !words.get(i + 1).startsWith("--")) {
                value = Optional.of(words.get(i + 1));
            }
        }
        return value;
    }

    /** The value of a flag where it is a positive whole number. */
    OptionalInt positive(String flag) {
        return value(flag)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .filter(number -> number.getAsInt() > 0)
                .orElse(OptionalInt.empty());
    }
}
