package dev.reencodarr.worker.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.reencodarr.workflows.architecture.CodeRules;
import org.junit.jupiter.api.Test;

/** The worker wires what the modules below it do; it does none of it itself. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.worker";
  private static final JavaClasses CLASSES = CodeRules.production(ROOT);

  @Test
  void theRulesOfEveryModuleHold() {
    CodeRules.all(ROOT).forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void itKnowsNothingOfTheCommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.reencodarr.starter..")
        .check(CLASSES);
  }

  @Test
  void itWritesNoSqlAndStartsNoPrograms() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework.jdbc..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(CLASSES);
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModuleAndNothingElse() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName)).containsOnly(ROOT);
  }
}
