package dev.gearshift.kubernetes.mapping;

import dev.gearshift.core.model.Tier;
import dev.gearshift.loop.TierFacts;
import java.util.List;

/** What a HardwareTier means. */
public sealed interface MappedTier {

    /** What is wrong with it. */
    List<FieldError> problems();

    /**
     * It can be used.
     *
     * @param tier what the planner knows of it
     * @param declaration what else was declared of it
     * @param placement how pods get onto its nodes
     * @param problems warnings
     */
    record Usable(Tier tier, TierFacts.Declaration declaration, TierPlacement placement, List<FieldError> problems)
            implements MappedTier {

        public Usable {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It cannot be used.
     *
     * @param problems why, and warnings
     */
    record Refused(List<FieldError> problems) implements MappedTier {

        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
