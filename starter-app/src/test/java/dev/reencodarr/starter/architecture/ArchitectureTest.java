package dev.reencodarr.starter.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.reencodarr.activities.replace.UndoFromDisk;
import dev.reencodarr.workflows.architecture.CodeRules;
import org.junit.jupiter.api.Test;

/** The command line stays small: it starts in a fraction of a second. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.starter";
  private static final String ACTIVITIES = "dev.reencodarr.activities";
  private static final JavaClasses CLASSES = CodeRules.production(ROOT);

  @Test
  void ofTheActivitiesOnlyTheDatabaseAndTheProgramsAreKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.reencodarr..")
                // what works without a stack cannot be asked of a worker
                .and(not(type(UndoFromDisk.class)))
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT + "..",
                            "dev.reencodarr.workflows..",
                            ACTIVITIES + ".store..",
                            ACTIVITIES + ".process.."))))
        .check(CLASSES);
  }

  @Test
  void thereIsNoSpringContext() {
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
  void programsAreStartedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".process..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(CLASSES);
  }

  @Test
  void theRulesOfEveryModuleHold() {
    CodeRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModuleAndNothingElse() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(ROOT + ".command", ROOT + ".stack", ROOT + ".view")
        .allMatch(name -> name.startsWith(ROOT));
  }
}
