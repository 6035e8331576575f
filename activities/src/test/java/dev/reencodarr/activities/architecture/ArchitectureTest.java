package dev.reencodarr.activities.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.architecture.CodeRules;
import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way into the world has one place. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.activities";
  private static final JavaClasses CLASSES = CodeRules.production(ROOT);

  static Stream<ArchRule> everywhere() {
    return CodeRules.all(ROOT).stream();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void theRulesOfEveryModuleHold(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void activitiesKnowTheDomainAndNoProgramThatUsesThem() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.reencodarr..")
                .and(not(resideInAnyPackage(ROOT + "..", "dev.reencodarr.workflows.."))))
        .check(CLASSES);
  }

  @Test
  void programsAreStartedAndEndedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".process..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Process.class)
        .orShould()
        .callMethodWhere(
            describe(
                "starts or ends a program",
                call ->
                    (call.getTargetOwner().isEquivalentTo(Runtime.class)
                            && call.getName().equals("exec"))
                        || (call.getTargetOwner().isEquivalentTo(ProcessHandle.class)
                            && Set.of("destroy", "destroyForcibly").contains(call.getName()))))
        .check(CLASSES);
  }

  @Test
  void sqlIsWrittenInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.springframework.jdbc..",
            "org.postgresql..",
            "org.flywaydb..")
        .check(CLASSES);
  }

  @Test
  void springIsHereOnlyForTheDatabase() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.springframework..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.springframework.jdbc..",
                            "org.springframework.dao..",
                            "org.springframework.transaction.."))))
        .check(CLASSES);
  }

  @Test
  void failedActivitiesAreMadeByFaultsAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Faults.class.getName())
        .should()
        .callMethodWhere(
            describe(
                "makes an ApplicationFailure",
                call ->
                    call.getTargetOwner().isEquivalentTo(ApplicationFailure.class)
                        && call.getName().startsWith("new")))
        .check(CLASSES);
  }

  @Test
  void implementationsOfActivitiesAreFinal() {
    classes()
        .that(
            describe(
                "implement activities",
                type ->
                    !type.isInterface()
                        && type.getAllRawInterfaces().stream()
                            .anyMatch(implemented ->
                                implemented.isAnnotatedWith(ActivityInterface.class))))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void testsAssertWithAssertJ() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
        .check(new ClassFileImporter().importPackages(ROOT));
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModuleAndNothingElse() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(ROOT + ".process", ROOT + ".store", ROOT + ".failure")
        .allMatch(name -> name.startsWith(ROOT));
  }
}
