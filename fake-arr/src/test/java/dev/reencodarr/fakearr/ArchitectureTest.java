package dev.reencodarr.fakearr;

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

/** The fake knows nothing of the program that is tried with it. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.fakearr";
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
  void nothingOfOursIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.reencodarr..")
                .and(JavaClass.Predicates.resideOutsideOfPackage(ROOT + "..")))
        .check(CLASSES);
  }

  /** Those that do without the judge need none of the libraries that come with it. */
  @Test
  void theJudgeAloneUsesTheValidator() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".judge")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.atlassian..", ROOT + ".judge")
        .check(CLASSES);
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModule() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(ROOT, ROOT + ".library", ROOT + ".disk", ROOT + ".api", ROOT + ".judge");
  }
}
