package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.kubernetes.Labels;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeployment;
import dev.gearshift.kubernetes.api.v1alpha1.ModelDeploymentStatus;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.view.RoutingStanding;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a ModelDeployment.
 *
 * <p>While a declaration is refused, and until there is a decision (the operator has just started), what runs is left alone: so is
 * what was written of it before, with the generation it was written for. Only {@code Ready}, the replicas and the selector are
 * told anew. What was never planned is {@code Unknown}.
 */
public final class ModelStatus {

    private static final String SELECTOR = Labels.MODEL_DEPLOYMENT + "=";

    private static final ModelDeploymentStatus NONE =
            new ModelDeploymentStatus(null, null, null, null, null, null, null, null, null, null);

    private static final List<ConditionType> DECIDED = List.of(
            ConditionType.LATENCY_MET,
            ConditionType.COST_MET,
            ConditionType.CAPACITY_AVAILABLE,
            ConditionType.METRICS_FRESH,
            ConditionType.CONVERGED);

    private ModelStatus() {}

    /**
     * What a status is made from.
     *
     * @param resource the declaration
     * @param mapped what it means
     * @param decision the decision in force, when there is one
     * @param refusal what the cluster refused when the decision was carried out last
     * @param replicas pods that exist
     * @param routing how far the routes it asks for are in force; empty when it asks for none, or is refused
     */
    public record Facts(
            ModelDeployment resource,
            MappedModel mapped,
            Optional<Decision> decision,
            Optional<Refusal> refusal,
            int replicas,
            Optional<RoutingStanding> routing) {

        public Facts {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas must not be negative, but is " + replicas);
            }
        }

        private @Nullable Long generation() {
            return resource.getMetadata().getGeneration();
        }

        private String selector() {
            return SELECTOR + resource.getMetadata().getName();
        }

        private String servedName() {
            return mapped instanceof MappedModel.Usable usable
                    ? usable.blueprint().servedName()
                    : resource.getMetadata().getName();
        }

        private Optional<Finding> routed() {
            return mapped instanceof MappedModel.Usable usable
                    ? routing.map(standing -> RoutedFinding.of(
                            standing,
                            usable.blueprint().routing().inferencePool().isPresent(),
                            resource.getMetadata().getName()))
                    : Optional.empty();
        }

        private boolean isRefused() {
            return mapped instanceof MappedModel.Refused;
        }
    }

    /**
     * The status to write.
     *
     * @param facts what it is made from
     * @param before the status written last; times of transitions are kept from it
     * @param now the present
     */
    public static ModelDeploymentStatus of(Facts facts, @Nullable ModelDeploymentStatus before, Instant now) {
        return facts.decision()
                .filter(decision -> !facts.isRefused())
                .map(decision -> planned(facts, decision, before, now))
                .orElseGet(() -> asBefore(facts, before == null ? NONE : before, now));
    }

    private static ModelDeploymentStatus planned(
            Facts facts, Decision decision, @Nullable ModelDeploymentStatus before, Instant now) {
        Conditions conditions = new Conditions(before == null ? null : before.conditions(), now);
        Long generation = facts.refusal().isPresent() ? facts.generation() : Long.valueOf(decision.generation());
        Readiness.of(facts).ifPresent(finding -> conditions.add(ConditionType.READY, finding, generation));
        DecisionConditions.add(conditions, decision, facts.servedName(), before);
        facts.routed().ifPresent(finding -> conditions.add(ConditionType.ROUTED, finding, facts.generation()));
        return new ModelDeploymentStatus(
                decision.generation(),
                facts.replicas(),
                facts.selector(),
                decision.target().toString(),
                Tally.of(decision).ratio(),
                DecisionText.tiers(decision),
                DecisionText.latency(decision),
                DecisionText.cost(decision),
                DecisionText.decision(decision),
                conditions.all());
    }

    private static ModelDeploymentStatus asBefore(Facts facts, ModelDeploymentStatus before, Instant now) {
        Long observed = facts.isRefused() || before.observedGeneration() == null
                ? facts.generation()
                : before.observedGeneration();
        return new ModelDeploymentStatus(
                observed,
                facts.replicas(),
                facts.selector(),
                before.gear(),
                before.ready(),
                before.tiers(),
                before.latency(),
                before.cost(),
                before.decision(),
                conditionsAsBefore(facts, before, now));
    }

    private static List<Condition> conditionsAsBefore(Facts facts, ModelDeploymentStatus before, Instant now) {
        Conditions conditions = new Conditions(before.conditions(), now);
        Finding pending = Finding.unknown(
                facts.isRefused() ? "not planned: the declaration is refused, see Ready" : "not planned yet");
        Optional<Finding> ready = Readiness.of(facts);
        boolean lasting = conditions
                .before(ConditionType.READY)
                .map(Condition::getReason)
                .filter(Readiness::isLasting)
                .isPresent();
        if (ready.isPresent() || !lasting) {
            conditions.add(ConditionType.READY, ready.orElse(pending), facts.generation());
        } else {
            conditions.keep(ConditionType.READY);
        }
        for (ConditionType type : DECIDED) {
            if (!conditions.keep(type)) {
                conditions.add(type, pending, facts.generation());
            }
        }
        conditions.keep(ConditionType.CONFLICT);
        if (facts.isRefused()) {
            conditions.keep(ConditionType.ROUTED);
        } else {
            facts.routed().ifPresent(finding -> conditions.add(ConditionType.ROUTED, finding, facts.generation()));
        }
        return conditions.all();
    }
}
