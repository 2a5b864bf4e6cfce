package dev.gearshift.fence;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the fence; each is a function of the root package, so that it can be shown to fail on a fixture. */
enum FenceRule {
    CORE_IMPORTS_ONLY_THE_LANGUAGE(root -> classes()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    root + ".core..",
                    "java.lang..",
                    "java.math",
                    "java.time",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "org.jspecify.annotations")),
    CORE_READS_NO_CLOCK(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime"))
                    .and(target(owner(JavaClass.Predicates.resideInAPackage("java..")))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)),
    CORE_IS_NOT_RANDOM(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(UUID.class)
            .orShould()
            .callMethodWhere(target(nameMatching("random|identityHashCode")))),
    CORE_KEEPS_AN_ORDER(root -> noClasses()
            .that()
            .resideInAPackage(root + ".core..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(anyOf(HashMap.class, HashSet.class, IdentityHashMap.class))
            .orShould()
            .callMethodWhere(unordered(Map.class, "of|ofEntries|copyOf"))
            .orShould()
            .callMethodWhere(unordered(Set.class, "of|copyOf"))
            .orShould()
            .callMethodWhere(unordered(Collectors.class, "toSet|toUnmodifiableSet|toUnmodifiableMap"))),
    CORE_HAS_NO_CYCLES(root -> slices().matching(root + ".core.(*)..").should().beFreeOfCycles()),
    PORTS_KNOW_ONLY_THE_CORE(root -> noClasses()
            .that()
            .resideInAnyPackage(root + ".loop..", root + ".snapshot..")
            .should()
            .dependOnClassesThat(outside(root, "core", "loop", "snapshot"))),
    PROMETHEUS_KNOWS_NO_ADAPTER(adapter("prometheus")),
    METRICS_KNOW_NO_OTHER_ADAPTER(adapter("metrics", "prometheus")),
    PRICING_KNOWS_NO_OTHER_ADAPTER(adapter("pricing", "prometheus")),
    KUBERNETES_KNOWS_NO_OTHER_ADAPTER(adapter("kubernetes")),
    TELEMETRY_KNOWS_NO_OTHER_ADAPTER(adapter("telemetry", "prometheus")),
    SIMULATE_KNOWS_NO_OTHER_ADAPTER(adapter("simulate")),
    THE_OPERATOR_DOES_NOT_KNOW_THE_SANDBOX(root -> noClasses()
            .that()
            .resideOutsideOfPackage(root + ".sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".sandbox.."));

    @SuppressWarnings("ImmutableEnumChecker") // stateless functions
    private final Function<String, ArchRule> rule;

    FenceRule(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    /** The rule for the house below a root package. */
    ArchRule below(String root) {
        return rule.apply(root).allowEmptyShould(true);
    }

    private static Function<String, ArchRule> adapter(String name, String... shared) {
        return root -> noClasses()
                .that()
                .resideInAPackage(root + "." + name + "..")
                .should()
                .dependOnClassesThat(outside(
                        root,
                        Stream.concat(Stream.of("core", "loop", "snapshot", name), Arrays.stream(shared))
                                .toArray(String[]::new)));
    }

    /** Classes of the house outside the named rooms. */
    private static DescribedPredicate<JavaClass> outside(String root, String... rooms) {
        return DescribedPredicate.describe("are in another room", type -> {
            if (!type.getPackageName().equals(root) && !type.getPackageName().startsWith(root + ".")) {
                return false;
            }
            for (String room : rooms) {
                String inside = root + "." + room;
                if (type.getPackageName().equals(inside)
                        || type.getPackageName().startsWith(inside + ".")) {
                    return false;
                }
            }
            return true;
        });
    }

    private static DescribedPredicate<JavaCall<?>> unordered(Class<?> type, String names) {
        return target(nameMatching(names)).and(target(owner(JavaClass.Predicates.equivalentTo(type))));
    }

    private static DescribedPredicate<JavaClass> anyOf(Class<?>... types) {
        DescribedPredicate<JavaClass> any = JavaClass.Predicates.equivalentTo(types[0]);
        for (Class<?> type : types) {
            any = any.or(JavaClass.Predicates.equivalentTo(type));
        }
        return any;
    }
}
