// SPDX-License-Identifier: Apache-2.0
package io.sockeye;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    /** The packages of this module, each with those it may use. All may use the protocol module. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("io.sockeye.api", Set.of()),
            Map.entry("io.sockeye.spi", Set.of("io.sockeye.api")),
            internal("transport", "api"),
            internal("timing", "internal.transport"),
            internal("execution"),
            internal("limits", "api", "internal.transport"),
            internal("outbox", "api", "internal.transport", "internal.limits"),
            Map.entry("io.sockeye.guard", Set.of("io.sockeye.api", "io.sockeye.internal.transport")),
            internal(
                    "engine",
                    "api",
                    "guard",
                    "internal.transport",
                    "internal.timing",
                    "internal.outbox",
                    "internal.limits"),
            internal(
                    "core",
                    "api",
                    "spi",
                    "internal.transport",
                    "internal.timing",
                    "internal.execution",
                    "internal.limits"),
            internal(
                    "socketio",
                    "api",
                    "guard",
                    "internal.transport",
                    "internal.timing",
                    "internal.core",
                    "internal.engine",
                    "internal.limits"),
            internal(
                    "websocket",
                    "api",
                    "guard",
                    "internal.transport",
                    "internal.timing",
                    "internal.outbox",
                    "internal.execution",
                    "internal.limits"),
            internal("http", "api", "internal.transport"),
            internal("netty", "api", "internal.transport"));

    private static Map.Entry<String, Set<String>> internal(String name, String... used) {
        return Map.entry(
                "io.sockeye.internal." + name,
                Arrays.stream(used).map(other -> "io.sockeye." + other).collect(Collectors.toSet()));
    }

    private static final DescribedPredicate<JavaClass> VALUE_OR_CONTRACT = describe(
            "interfaces, records, enums, exceptions, annotations or final classes",
            type -> type.isInterface()
                    || type.isRecord()
                    || type.isEnum()
                    || type.isAssignableTo(Throwable.class)
                    || type.getModifiers().contains(JavaModifier.FINAL)
                    || type.getEnclosingClass().map(JavaClass::isEnum).orElse(false));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sockeye")
            .that(describe("of the product", type -> !type.getPackageName().startsWith("io.sockeye.testing")));

    @Test
    void packagesHaveNoCycles() {
        check(slices().assignedFrom(new OnePackageEach()).should().beFreeOfCycles());
    }

    @Test
    void onlyTheTransportKnowsNetty() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sockeye.internal.netty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.."));
    }

    @Test
    void theApiHoldsNoImplementation() {
        check(classes().that().resideInAPackage("io.sockeye.api..").should(beOneOf(VALUE_OR_CONTRACT)));
    }

    @Test
    void theApiShowsNoThirdParty() {
        check(classes()
                .that()
                .resideInAnyPackage("io.sockeye.api..", "io.sockeye.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.sockeye..", "org.jspecify.."));
    }

    @Test
    void nothingBelowUsesTheEntryPackage() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sockeye.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sockeye"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatIsBelow(String name) {
        Set<String> others = new HashSet<>(MAY_USE.keySet());
        others.remove(name);
        others.removeAll(MAY_USE.get(name));
        String[] forbidden = others.stream().map(other -> other + "..").toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    static Set<String> packages() {
        return MAY_USE.keySet();
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    private static ArchCondition<JavaClass> beOneOf(DescribedPredicate<JavaClass> kinds) {
        return be(kinds);
    }

    /** Takes each package for a slice of its own, the root included. */
    private static final class OnePackageEach implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.startsWith("io.sockeye") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
