package dev.gearshift.metrics.engine;

import dev.gearshift.core.model.DeclaredEngine;
import dev.gearshift.core.model.ServingEngine;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every dialect there is, by engine. */
public final class Dialects {

    private static final SortedMap<ServingEngine, EngineDialect> KNOWN = Collections.unmodifiableSortedMap(known());

    /** Of an engine nobody can say anything about; it shows nothing. */
    public static final EngineDialect UNKNOWN =
            EngineDialect.of(ServingEngine.CUSTOM).build();

    private Dialects() {}

    private static SortedMap<ServingEngine, EngineDialect> known() {
        Map<ServingEngine, EngineDialect> known = new EnumMap<>(ServingEngine.class);
        for (ServingEngine engine : ServingEngine.values()) {
            switch (engine) {
                case VLLM -> known.put(engine, VllmDialect.DIALECT);
                case SGLANG -> known.put(engine, SglangDialect.DIALECT);
                case TGI -> known.put(engine, TgiDialect.DIALECT);
                case TENSOR_RT_LLM -> known.put(engine, TensorRtLlmDialect.DIALECT);
                case TRITON -> known.put(engine, TritonDialect.DIALECT);
                case NIM -> known.put(engine, NimDialect.DIALECT);
                case LLAMA_CPP -> known.put(engine, LlamaCppDialect.DIALECT);
                case RAY_SERVE -> known.put(engine, RayServeDialect.DIALECT);
                case CUSTOM -> {}
            }
        }
        return new TreeMap<>(known);
    }

    /** What a declared engine calls its metrics. */
    public static EngineDialect of(DeclaredEngine engine) {
        return engine.metrics().map(CustomDialect::of).orElseGet(() -> of(engine.type()));
    }

    /**
     * What an engine calls its metrics, whatever the declaration says.
     *
     * @throws IllegalArgumentException for {@link ServingEngine#CUSTOM}, whose names only its declaration knows
     */
    public static EngineDialect of(ServingEngine engine) {
        EngineDialect dialect = KNOWN.get(engine);
        if (dialect == null) {
            throw new IllegalArgumentException("what a " + engine + " engine calls its metrics is declared");
        }
        return dialect;
    }
}
