package dev.gearshift.kubernetes.status;

import dev.gearshift.core.model.Decision;
import dev.gearshift.core.model.ReasonKind;
import dev.gearshift.core.model.ReasonText;
import dev.gearshift.kubernetes.mapping.FieldError;
import dev.gearshift.kubernetes.mapping.FieldError.Severity;
import dev.gearshift.kubernetes.mapping.MappedModel;
import dev.gearshift.kubernetes.status.ModelStatus.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Condition {@code Ready} of a model: whether it serves and can be served as declared.
 *
 * <p>What the cluster or the mapping refuses is told first, even while older replicas serve on: nothing that is declared now
 * reaches them. Then it is true while at least one replica is ready. A failing engine beside ready ones leaves it true, with
 * reason {@code EngineFailing} all the same, so that the failure is seen in a list.
 */
final class Readiness {

    private static final String READY = "Ready";
    private static final String NO_REPLICAS = "NoReplicas";
    private static final String ASLEEP = "Asleep";
    private static final String ENGINE_FAILING = "EngineFailing";
    private static final String TIER_MISSING = "TierMissing";
    private static final String INVALID_SPEC = "InvalidSpec";

    /** Reasons that come from a decision, and stay true without a newer one. */
    private static final Set<String> DECIDED = Set.of(READY, ASLEEP, NO_REPLICAS, ENGINE_FAILING);

    private static final int PROBLEMS = 1024;
    private static final int TIER_PROBLEMS = 600;
    private static final int WARNINGS = 400;
    private static final int REFUSAL = 900;

    private Readiness() {}

    /** What is found; empty when there is neither a refusal nor a decision to tell of. */
    static Optional<Finding> of(Facts facts) {
        List<FieldError> problems = facts.mapped().problems();
        if (facts.mapped() instanceof MappedModel.Refused refused) {
            return Optional.of(Finding.fails(
                    refused.onlyForWantOfTiers() ? TIER_MISSING : INVALID_SPEC,
                    BoundedText.problems(problems, PROBLEMS)));
        }
        return facts.refusal()
                .map(refusal -> Finding.fails(refusal.kind().word(), BoundedText.cut(refusal.message(), REFUSAL)))
                .or(() -> facts.decision().map(Readiness::decided))
                .map(finding -> with(problems, finding));
    }

    /** Whether a reason written before may be kept until there is a decision. */
    static boolean isLasting(String reason) {
        return DECIDED.contains(reason);
    }

    private static Finding decided(Decision decision) {
        Tally tally = Tally.of(decision);
        StringBuilder message = new StringBuilder(tally.text());
        decision.reasons().stream()
                .filter(reason -> isTelling(reason.kind()))
                .forEach(reason -> message.append("; ").append(ReasonText.of(reason)));
        String text = message.toString();
        boolean failing = decision.because(ReasonKind.ENGINE_FAILING);
        if (tally.ready() > 0) {
            return Finding.holds(failing ? ENGINE_FAILING : READY, text);
        } else if (failing) {
            return Finding.fails(ENGINE_FAILING, text);
        } else if (decision.because(ReasonKind.ASLEEP)) {
            return Finding.holds(ASLEEP, text);
        }
        boolean missing = decision.because(ReasonKind.NO_TIER) && decision.because(ReasonKind.TIER_MISSING);
        return Finding.fails(missing ? TIER_MISSING : NO_REPLICAS, text);
    }

    /** What explains replicas that are not there. Missing tiers are told of among the problems, with what to do about them. */
    private static boolean isTelling(ReasonKind kind) {
        return switch (kind) {
            case ENGINE_FAILING,
                    NO_TIER,
                    PAUSED,
                    RECOMMENDED,
                    ASLEEP,
                    DEMAND_UNSEEN,
                    DEMAND_AMBIGUOUS,
                    DEMAND_QUERY_FAILED,
                    DEMAND_NEEDS_PROMETHEUS -> true;
            default -> false;
        };
    }

    private static Finding with(List<FieldError> problems, Finding finding) {
        return new Finding(
                finding.truth(),
                finding.reason(),
                finding.message()
                        + section("; not used: ", of(problems, Severity.TIER), TIER_PROBLEMS)
                        + section("; note: ", of(problems, Severity.WARNING), WARNINGS));
    }

    private static List<FieldError> of(List<FieldError> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    private static String section(String title, List<FieldError> problems, int longest) {
        return problems.isEmpty() ? "" : title + BoundedText.problems(problems, longest);
    }
}
