package dev.reencodarr.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.reencodarr.workflows.architecture.CodeRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Benchmarks measure the program from outside, as people use it. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.bench";
  private static final JavaClasses CLASSES = CodeRules.production(ROOT);

  static Stream<ArchRule> everywhere() {
    return CodeRules.all(ROOT).stream();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void theRulesOfEveryModuleHold(ArchRule rule) {
    rule.check(CLASSES);
  }

  /**
   * But for a hash and for questions of milliseconds, which no typed command could show; for a
   * library that no scan could make in time; for rows that are counted, and a peer that writes them
   * beside ours; and for the search, which is measured without the rows and workflows about it.
   */
  @Test
  void whatIsMeasuredIsNotCalledFromWithin() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".safety.HashTimes")
        .and()
        .resideOutsideOfPackages(
            ROOT + ".failures",
            ROOT + ".rules",
            ROOT + ".search",
            ROOT + ".sync",
            ROOT + ".webhooks")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.reencodarr.workflows..",
            "dev.reencodarr.activities..",
            "dev.reencodarr.starter.command..",
            "io.temporal..",
            "org.springframework..")
        .check(CLASSES);
  }

  /** Of what is measured the search calls its policy alone. */
  @Test
  void theSearchIsMeasuredByItsPolicyAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".search")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.reencodarr.activities..",
            "dev.reencodarr.workflows.video..",
            "dev.reencodarr.starter.command..",
            "io.temporal..",
            "org.springframework..")
        .check(CLASSES);
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModule() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            ROOT + ".library",
            ROOT + ".scan",
            ROOT + ".idle",
            ROOT + ".safety",
            ROOT + ".failures",
            ROOT + ".webhooks",
            ROOT + ".chaos");
  }
}
