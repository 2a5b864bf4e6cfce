package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.CapacityType;
import dev.gearshift.core.model.Freshness;
import dev.gearshift.core.model.LatencyObjective;
import dev.gearshift.core.model.LatencySource;
import dev.gearshift.core.model.Precedence;
import dev.gearshift.core.model.Precision;
import dev.gearshift.core.model.Progress;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ScalingMode;
import dev.gearshift.core.model.ServingEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The words the wire has for the values of an enum: {@code ON_DEMAND} is written {@code OnDemand}.
 *
 * @param <E> the enum
 */
public final class Words<E extends Enum<E>> {

    /** Words of {@code spec.scaling.mode}. */
    public static final Words<ScalingMode> MODES = new Words<>(ScalingMode.values());

    /** Words of {@code spec.slo.precedence}. */
    public static final Words<Precedence> PRECEDENCES = new Words<>(Precedence.values());

    /** Words of a tier's {@code spec.capacityType}. */
    public static final Words<CapacityType> CAPACITY_TYPES = new Words<>(CapacityType.values());

    /** Words of {@code status.latency[].objective}. */
    public static final Words<LatencyObjective> OBJECTIVES = new Words<>(LatencyObjective.values());

    /** Words of {@code status.decision.reason}. */
    public static final Words<ReasonKind> REASONS = new Words<>(ReasonKind.values());

    /** Words of the reasons of condition {@code Converged}. */
    public static final Words<Progress> PROGRESS = new Words<>(Progress.values());

    /** Words of the reasons of condition {@code MetricsFresh}. */
    public static final Words<Freshness> FRESHNESS = new Words<>(Freshness.values());

    /** Words of {@code spec.model.precision}, which are acronyms and stay as they are. */
    public static final Words<Precision> PRECISIONS = new Words<>(Precision.values(), Precision::name);

    /** Words of {@code spec.engine.type}, which are names and written as those write themselves. */
    public static final Words<ServingEngine> ENGINES = new Words<>(ServingEngine.values(), Words::engine);

    /** Words of {@code spec.engine.latencyFrom}. */
    public static final Words<LatencySource> LATENCY_SOURCES = new Words<>(LatencySource.values());

    private final Map<String, E> values = new LinkedHashMap<>();

    private Words(E[] all) {
        this(all, Words::camelCase);
    }

    private Words(E[] all, Function<E, String> word) {
        for (E value : all) {
            values.put(word.apply(value), value);
        }
    }

    /** The value of a word. */
    public Optional<E> parse(String word) {
        return Optional.ofNullable(values.get(word));
    }

    /** The word for a value. */
    public String of(E value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** Such as {@code Auto, Recommend or Paused}. */
    String listed() {
        String words = String.join(", ", values.keySet());
        int last = words.lastIndexOf(", ");
        return last < 0 ? words : words.substring(0, last) + " or " + words.substring(last + 2);
    }

    private static String engine(ServingEngine engine) {
        return switch (engine) {
            case SGLANG -> "SGLang";
            case TENSOR_RT_LLM -> "TensorRTLLM";
            case VLLM, TGI, NIM -> engine.name();
            case TRITON, LLAMA_CPP, RAY_SERVE, CUSTOM -> camelCase(engine);
        };
    }

    private static String camelCase(Enum<?> value) {
        return Arrays.stream(value.name().split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
