package dev.gearshift.fence;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the fence between the rooms, and shows rule by rule that the fence would notice. */
final class FenceTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gearshift");

    @ParameterizedTest
    @EnumSource
    void theHouseKeepsTheRule(FenceRule rule) {
        rule.below("dev.gearshift").check(HOUSE);
    }

    @ParameterizedTest
    @EnumSource
    void theRuleNoticesItsViolation(FenceRule rule) {
        String root = "fence." + rule.name().toLowerCase(Locale.ROOT).replace("_", "");
        JavaClasses fixture = new ClassFileImporter().importPackages(root);
        assertThat(fixture).as("fixture of %s", rule).isNotEmpty();
        assertThat(rule.below(root).evaluate(fixture).hasViolation())
                .as("%s on its fixture", rule)
                .isTrue();
        for (FenceRule other : FenceRule.values()) {
            if (other != rule) {
                assertThat(other.below(root).evaluate(fixture).hasViolation())
                        .as("%s on the fixture of %s", other, rule)
                        .isFalse();
            }
        }
    }
}
