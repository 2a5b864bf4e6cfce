package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.Precision;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Public facts about well-known models: parameters from their model cards, and what a token takes in the KV cache from their
 * {@code config.json}: 2 · layers · KV heads · head size · 2 bytes, for 16-bit values. Where some layers attend to a window only
 * (Gemma, gpt-oss) that is an upper bound.
 *
 * <p>Names are matched without the organisation and up to the size, so that fine-tuned and quantised variants are found:
 * {@code RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8} is Llama 3.1 8B in FP8.
 */
public final class KnownModels {

    /**
     * A model.
     *
     * @param parameters all parameters, in billions
     * @param activeParameters parameters used for one token, in billions
     * @param precision the number format the published weights have
     * @param kvBytesPerToken what one token takes in a 16-bit KV cache
     */
    public record Known(double parameters, double activeParameters, Precision precision, Bytes kvBytesPerToken) {}

    private static final Pattern FOUR_BITS = Pattern.compile("awq|gptq|w4a16|int4|4bit|mxfp4|nvfp4");
    private static final Pattern EIGHT_BITS = Pattern.compile("fp8|w8a8|int8|8bit");
    private static final Pattern SIZE =
            Pattern.compile("(?:^|[^a-z0-9.])(?:(\\d{1,3})x)?(\\d{1,4}(?:\\.\\d{1,3})?)b(?![a-z0-9])");
    private static final Map<String, Known> FAMILIES = new TreeMap<>();

    static {
        // name, billions of parameters, layers, KV heads, head size
        dense("llama-3-8b", 8.03, 32, 8, 128);
        dense("llama-3-70b", 70.6, 80, 8, 128);
        dense("llama-3.1-8b", 8.03, 32, 8, 128);
        dense("llama-3.1-70b", 70.6, 80, 8, 128);
        dense("llama-3.1-405b", 405.9, 126, 8, 128);
        dense("llama-3.2-1b", 1.24, 16, 8, 64);
        dense("llama-3.2-3b", 3.21, 28, 8, 128);
        dense("llama-3.3-70b", 70.6, 80, 8, 128);
        dense("qwen2.5-0.5b", 0.494, 24, 2, 64);
        dense("qwen2.5-1.5b", 1.54, 28, 2, 128);
        dense("qwen2.5-3b", 3.09, 36, 2, 128);
        dense("qwen2.5-7b", 7.62, 28, 4, 128);
        dense("qwen2.5-14b", 14.8, 48, 8, 128);
        dense("qwen2.5-32b", 32.8, 64, 8, 128);
        dense("qwen2.5-72b", 72.7, 80, 8, 128);
        dense("qwen3-4b", 4.02, 36, 8, 128);
        dense("qwen3-8b", 8.19, 36, 8, 128);
        dense("qwen3-14b", 14.8, 40, 8, 128);
        dense("qwen3-32b", 32.8, 64, 8, 128);
        mixture("qwen3-30b-a3b", 30.5, 3.3, Precision.BF16, 48, 4, 128);
        mixture("qwen3-235b-a22b", 235, 22, Precision.BF16, 94, 4, 128);
        dense("mistral-7b", 7.25, 32, 8, 128);
        dense("mistral-nemo", 12.2, 40, 8, 128);
        dense("mistral-small-24b", 23.6, 40, 8, 128);
        mixture("mixtral-8x7b", 46.7, 12.9, Precision.BF16, 32, 8, 128);
        mixture("mixtral-8x22b", 140.6, 39.1, Precision.BF16, 56, 8, 128);
        dense("gemma-2-9b", 9.24, 42, 8, 256);
        dense("gemma-2-27b", 27.2, 46, 16, 128);
        dense("gemma-3-4b", 4.3, 34, 4, 256);
        dense("gemma-3-12b", 12.2, 48, 8, 256);
        dense("gemma-3-27b", 27.4, 62, 16, 128);
        dense("phi-4", 14.7, 40, 10, 128);
        dense("phi-4-mini", 3.84, 32, 8, 128);
        dense("phi-4-multimodal", 5.57, 32, 8, 128);
        // Only the experts are in 4.25 bits: the weights take about an eighth more than 4 bits each.
        mixture("gpt-oss-20b", 20.9, 3.6, Precision.INT4, 24, 8, 64);
        mixture("gpt-oss-120b", 116.8, 5.1, Precision.INT4, 36, 8, 64);
        dense("deepseek-r1-distill-qwen-1.5b", 1.78, 28, 2, 128);
        dense("deepseek-r1-distill-qwen-7b", 7.62, 28, 4, 128);
        dense("deepseek-r1-distill-qwen-14b", 14.8, 48, 8, 128);
        dense("deepseek-r1-distill-qwen-32b", 32.8, 64, 8, 128);
        dense("deepseek-r1-distill-llama-8b", 8.03, 32, 8, 128);
        dense("deepseek-r1-distill-llama-70b", 70.6, 80, 8, 128);
    }

    private KnownModels() {}

    /** The facts about the model of a name, in the number format its name tells of. */
    public static Optional<Known> find(String servedName) {
        String name = shortName(servedName);
        return FAMILIES.entrySet().stream()
                .filter(family -> isVariant(name, family.getKey()))
                .max(Comparator.comparingInt(family -> family.getKey().length()))
                .map(Map.Entry::getValue)
                .map(known -> new Known(
                        known.parameters(),
                        known.activeParameters(),
                        precisionInName(servedName).orElse(known.precision()),
                        known.kvBytesPerToken()));
    }

    /** The number format a name tells of, such as FP8 for {@code …-FP8}. */
    public static Optional<Precision> precisionInName(String servedName) {
        String name = shortName(servedName);
        if (FOUR_BITS.matcher(name).find()) {
            return Optional.of(Precision.INT4);
        }
        return EIGHT_BITS.matcher(name).find() ? Optional.of(Precision.FP8) : Optional.empty();
    }

    /** The billions of parameters a name tells of: 13 for {@code …-13b-chat}, 56 for {@code …-8x7b}. */
    static Optional<Double> parametersInName(String servedName) {
        Matcher size = SIZE.matcher(shortName(servedName));
        if (!size.find()) {
            return Optional.empty();
        }
        double billions = Double.parseDouble(size.group(2));
        String experts = size.group(1);
        double all = experts == null ? billions : Integer.parseInt(experts) * billions;
        return all > 0 ? Optional.of(all) : Optional.empty();
    }

    /**
     * The most a token takes in the KV cache of a dense model of a size: without shared KV heads, 4 · layers · width bytes, which
     * for published models of 1.4 to 65 billion parameters is within 600 kB · (billions/7)^0.7.
     */
    static Bytes worstKvBytesPerToken(double parameters) {
        return new Bytes(Math.max(1, Math.round(600_000 * Math.pow(parameters / 7, 0.7))));
    }

    private static void dense(String name, double billions, int layers, int kvHeads, int headSize) {
        mixture(name, billions, billions, Precision.BF16, layers, kvHeads, headSize);
    }

    private static void mixture(
            String name, double billions, double active, Precision precision, int layers, int kvHeads, int headSize) {
        FAMILIES.put(name, new Known(billions, active, precision, new Bytes(2L * layers * kvHeads * headSize * 2)));
    }

    private static boolean isVariant(String name, String family) {
        return name.startsWith(family)
                && (name.length() == family.length() || "-_.:".indexOf(name.charAt(family.length())) >= 0);
    }

    private static String shortName(String servedName) {
        String name = servedName.substring(servedName.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.startsWith("meta-") ? name.substring("meta-".length()) : name;
    }
}
