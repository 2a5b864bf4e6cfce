package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.DemandSource;
import dev.gearshift.core.model.QueryText;
import dev.gearshift.core.model.ScaleToZero;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentSpec.DemandAtZero;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a declaration says of having no replica: who tells of demand meanwhile, and when the last replica goes. */
final class DemandMapping {

    private static final String PATH = "spec.scaling.demandAtZero";
    private static final String REMEDY =
            "write demandAtZero: {source: Gateway}, {source: EndpointPicker} or {source: Query, query: ...} beside it,"
                    + " or at least 1";

    private DemandMapping() {}

    /** Permission to have no replica; empty when that is not asked for, or cannot be given. */
    static Optional<ScaleToZero> map(ModelDeploymentSpec.Scaling given, Problems problems) {
        Optional<DemandSource> source = source(given.demandAtZero(), problems);
        Duration idleAfter =
                problems.duration("spec.scaling.idleAfter", given.idleAfter()).orElse(Defaults.IDLE_AFTER);
        if (idleAfter.isZero()) {
            problems.refuse("spec.scaling.idleAfter", "is " + given.idleAfter(), "write at least 1ms, such as 15m");
            idleAfter = Defaults.IDLE_AFTER;
        }
        if (given.minReplicas() == null || given.minReplicas() != 0) {
            unused(given, problems);
            return Optional.empty();
        }
        if (given.demandAtZero() == null) {
            problems.refuse("spec.scaling.minReplicas", "is 0, and nobody would tell of demand then", REMEDY);
        }
        Duration idle = idleAfter;
        return source.map(known -> new ScaleToZero(known, idle));
    }

    private static void unused(ModelDeploymentSpec.Scaling given, Problems problems) {
        String why = "has no effect while minReplicas is above 0";
        if (given.demandAtZero() != null) {
            problems.warn(PATH, why, "remove it, or write minReplicas: 0");
        }
        if (given.idleAfter() != null) {
            problems.warn("spec.scaling.idleAfter", why, "remove it, or write minReplicas: 0");
        }
    }

    private static Optional<DemandSource> source(@Nullable DemandAtZero given, Problems problems) {
        if (given == null) {
            return Optional.empty();
        } else if (given.source() == null) {
            problems.missing(PATH + ".source", "write Gateway, EndpointPicker or Query");
            return Optional.empty();
        }
        if (given.query() != null && !given.source().equals("Query")) {
            problems.refuse(
                    PATH + ".query", "is given with source " + given.source(), "remove it, or write source: Query");
        }
        return switch (given.source()) {
            case "Gateway" -> Optional.of(new DemandSource.Gateway());
            case "EndpointPicker" -> Optional.of(new DemandSource.EndpointPicker());
            case "Query" -> query(given.query(), problems);
            default -> {
                problems.refuse(
                        PATH + ".source",
                        "is \"" + given.source() + "\", which is not known",
                        "write Gateway, EndpointPicker or Query");
                yield Optional.empty();
            }
        };
    }

    private static Optional<DemandSource> query(@Nullable String text, Problems problems) {
        if (text == null) {
            problems.missing(PATH + ".query", "write an expression of PromQL that gives requests per second");
            return Optional.empty();
        }
        Optional<String> fault = QueryText.fault(text);
        fault.ifPresent(
                found -> problems.refuse(PATH + ".query", found, "write one expression of PromQL, without comments"));
        return fault.isPresent() ? Optional.empty() : Optional.of(new DemandSource.Query(new QueryText(text)));
    }
}
