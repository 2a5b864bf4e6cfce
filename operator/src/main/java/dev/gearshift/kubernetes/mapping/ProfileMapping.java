package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Bytes;
import dev.gearshift.core.model.ModelProfile;
import dev.gearshift.core.model.Precision;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What decides how fast a model can be: what the user says, else what is known of its name, else what its engine's arguments
 * tell, else the worst for its size.
 *
 * @param servedName the name the engine serves it under
 * @param parameters all parameters, in billions
 * @param activeParameters parameters used for one token, in billions
 * @param saidPrecision the number format the user says
 * @param namedPrecision the number format known of the name
 * @param kvBytesPerToken what a token takes in the KV cache
 * @param kvSaid whether the user says so, so that no argument changes it
 */
record ProfileMapping(
        String servedName,
        double parameters,
        double activeParameters,
        Optional<Precision> saidPrecision,
        Optional<Precision> namedPrecision,
        Bytes kvBytesPerToken,
        boolean kvSaid) {

    private static final Pattern BILLIONS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
    private static final String PATH = "spec.model.";
    private static final long MOST_KV_BYTES = 1_000_000_000;

    /** What can be said of a model whatever the tier; empty when that is not enough. */
    static Optional<ProfileMapping> of(ModelDeploymentSpec.@Nullable Model given, Problems problems) {
        String name = given == null ? null : given.name();
        if (given == null || name == null || name.isBlank()) {
            problems.missing(
                    PATH + "name", "write the name the engine serves, such as meta-llama/Llama-3.1-8B-Instruct");
            return Optional.empty();
        }
        Optional<KnownModels.Known> known = KnownModels.find(name);
        Optional<Precision> said = Optional.ofNullable(given.precision())
                .map(word -> problems.word(PATH + "precision", word, Words.PRECISIONS, Defaults.PRECISION));
        Optional<Double> parameters = billions(PATH + "parameters", given.parameters(), problems)
                .or(() -> known.map(KnownModels.Known::parameters))
                .or(() -> guessed(name, problems));
        Optional<Double> active = billions(PATH + "activeParameters", given.activeParameters(), problems)
                .or(() -> known.map(KnownModels.Known::activeParameters));
        if (parameters.isEmpty()) {
            problems.missing(
                    PATH + "parameters",
                    "write how many billions of parameters it has, such as \"8.03\", since \"" + name
                            + "\" is not a model known here");
            return Optional.empty();
        }
        if (active.isPresent() && given.activeParameters() != null && active.get() > parameters.get()) {
            problems.refuse(
                    PATH + "activeParameters",
                    "is " + Problems.plain(active.get()) + ", above parameters, which is "
                            + Problems.plain(parameters.get()),
                    "write how many billions of parameters one token uses");
        }
        return Optional.of(new ProfileMapping(
                name,
                parameters.get(),
                Math.min(active.orElse(parameters.get()), parameters.get()),
                said,
                known.map(KnownModels.Known::precision).or(() -> KnownModels.precisionInName(name)),
                kvBytes(given.kvBytesPerToken(), name, parameters.get(), known, problems),
                given.kvBytesPerToken() != null));
    }

    /** The model as an engine with these arguments runs it. */
    ModelProfile with(EngineArguments arguments) {
        Optional<Precision> argued = arguments.value("--quantization").flatMap(KnownModels::precisionInName);
        boolean smallCache = arguments
                .value("--kv-cache-dtype")
                .filter(type -> type.startsWith("fp8"))
                .isPresent();
        return new ModelProfile(
                servedName,
                parameters,
                activeParameters,
                saidPrecision.or(() -> argued).or(() -> namedPrecision).orElse(Defaults.PRECISION),
                smallCache && !kvSaid ? new Bytes(Math.max(1, kvBytesPerToken.count() / 2)) : kvBytesPerToken);
    }

    private static Optional<Double> guessed(String name, Problems problems) {
        Optional<Double> billions = KnownModels.parametersInName(name);
        billions.ifPresent(size -> problems.warn(
                PATH + "parameters",
                "is not given and taken to be " + Problems.plain(size) + " billion from the name",
                "write the true number"));
        return billions;
    }

    private static Optional<Double> billions(String path, @Nullable String given, Problems problems) {
        if (given == null) {
            return Optional.empty();
        }
        double value = BILLIONS.matcher(given).matches() ? Double.parseDouble(given) : 0;
        if (!(value > 0)) {
            problems.refuse(
                    path,
                    "is \"" + given + "\", which is no number of parameters",
                    "write billions as decimal text above zero, such as \"8.03\"");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static Bytes kvBytes(
            @Nullable Long given,
            String name,
            double parameters,
            Optional<KnownModels.Known> known,
            Problems problems) {
        String path = PATH + "kvBytesPerToken";
        if (given != null && given >= 1 && given <= MOST_KV_BYTES) {
            return new Bytes(given);
        } else if (given != null) {
            problems.refuse(path, "is " + given, "write a number of bytes from 1 to " + MOST_KV_BYTES);
        }
        if (known.isPresent()) {
            return known.get().kvBytesPerToken();
        }
        Bytes worst = KnownModels.worstKvBytesPerToken(parameters);
        if (given == null) {
            problems.warn(
                    path,
                    "is not given for \"" + name + "\", a model not known here, and taken to be " + worst.count()
                            + ", the worst for its size",
                    "write 2 x layers x KV heads x head size x bytes per value, from the model's config.json");
        }
        return worst;
    }
}
