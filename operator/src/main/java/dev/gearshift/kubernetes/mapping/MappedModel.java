package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.ModelSpec;
import java.util.List;

/** What a ModelDeployment means. */
public sealed interface MappedModel {

    /** What is wrong with it, the most grave first. */
    List<FieldError> problems();

    /**
     * It can be served, perhaps not on all the tiers it names.
     *
     * @param spec what the planner knows of it; only tiers that can be used
     * @param blueprint what its pods and Services are made from; the same tiers
     * @param problems tiers that are not used ({@link FieldError.Severity#TIER}) and warnings
     */
    record Usable(ModelSpec spec, DeploymentBlueprint blueprint, List<FieldError> problems) implements MappedModel {

        public Usable {
            problems = List.copyOf(problems);
        }

        /** The problems that keep a tier from being used. */
        public List<FieldError> tierProblems() {
            return problems.stream()
                    .filter(problem -> problem.severity() == FieldError.Severity.TIER)
                    .toList();
        }
    }

    /**
     * It cannot be served as declared. What runs already is to be left as it is.
     *
     * @param problems why, and warnings
     */
    record Refused(List<FieldError> problems) implements MappedModel {

        public Refused {
            problems = List.copyOf(problems);
        }

        /** Whether nothing is wrong with it but that none of its tiers can be used now. */
        public boolean onlyForWantOfTiers() {
            return problems.stream()
                    .filter(problem -> problem.severity() == FieldError.Severity.REFUSED)
                    .allMatch(problem -> problem.path().equals(TierOptionMapping.TIERS)
                            && problem.problem().equals(TierOptionMapping.NONE_USABLE));
        }
    }
}
