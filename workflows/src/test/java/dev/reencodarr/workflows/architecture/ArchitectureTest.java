package dev.reencodarr.workflows.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What workflows may not do, so that they replay, and where what is decided. */
class ArchitectureTest {

  private static final String ROOT = "dev.reencodarr.workflows";
  private static final JavaClasses CLASSES = CodeRules.production(ROOT);

  /** Subjects whose classes are workflows, and how Temporal is used; all others are pure. */
  private static final String[] WITH_WORKFLOWS = {
    ROOT + ".temporal..",
    ROOT + ".video..",
    ROOT + ".library..",
    ROOT + ".sync..",
    ROOT + ".janitor..",
    ROOT + ".fleet..",
    ROOT + ".broken.."
  };

  /** Reads Temporal's own failures, the one pure class that has to know them. */
  private static final String READING = ".*\\.failure\\.FailureReading(\\$.*)?";

  /** The one workflow that lives with its subject. */
  private static final String REPORT = ".*\\.report\\.FailureReportWorkflowImpl";

  /** What gives another answer in a replay, by class. */
  private static final Map<String, Set<String>> NOT_REPLAYABLE =
      Map.of(
          "java.lang.System",
              Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit"),
          "java.time.Instant", Set.of("now"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.time.OffsetDateTime", Set.of("now"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.lang.Math", Set.of("random"),
          "java.util.Collection", Set.of("parallelStream"),
          "java.util.Collections", Set.of("shuffle"));

  static Stream<ArchRule> everywhere() {
    return CodeRules.all(ROOT).stream();
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void theRulesOfEveryModuleHold(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void theDomainKnowsNeitherTheWorldNorTheFrameworks() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "dev.reencodarr..",
                    "org.springframework..",
                    "org.postgresql..",
                    "org.flywaydb..",
                    "retrofit2..",
                    "okhttp3..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.net.http..",
                    "java.sql..",
                    "javax.sql..",
                    "java.util.concurrent..",
                    "java.util.logging..")
                .and(not(resideInAnyPackage(ROOT + ".."))))
        .orShould()
        .dependOnClassesThat(
            describe(
                "read or write streams",
                type ->
                    type.getPackageName().equals("java.io")
                        && !type.getSimpleName().equals("Serializable")
                        && !type.getSimpleName().endsWith("Exception")))
        .check(CLASSES);
  }

  @Test
  void workflowCodeHasNoClockNoChanceAndNoThreads() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "gives another answer in a replay",
                (JavaAccess<?> access) -> isNotReplayable(access.getTarget())))
        .orShould()
        .dependOnClassesThat(
            describe(
                "are threads or chance",
                type ->
                    Set.of(
                            "java.lang.Thread",
                            "java.lang.ThreadLocal",
                            "java.lang.ProcessBuilder",
                            "java.lang.ProcessHandle",
                            "java.util.Random",
                            "java.util.Timer",
                            "java.security.SecureRandom")
                        .contains(type.getName())))
        .check(CLASSES);
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
  }

  @Test
  void workflowsIterateInAnOrderThatIsTheSameInAReplay() {
    noClasses()
        .that(implementAWorkflow())
        .should()
        .callConstructorWhere(
            describe(
                "makes a collection without an order",
                (JavaConstructorCall call) ->
                    call.getTargetOwner().isEquivalentTo(HashMap.class)
                        || call.getTargetOwner().isEquivalentTo(HashSet.class)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void policiesAreFreeOfTemporal() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WITH_WORKFLOWS)
        .and()
        .haveNameNotMatching(READING)
        .and()
        .haveNameNotMatching(REPORT)
        .and(not(declaredToTemporal()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.temporal..")
        .check(CLASSES);
  }

  @Test
  void onlyWorkflowsThatEndMakeApplicationFailures() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WITH_WORKFLOWS)
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
  void whatTemporalCallsHasANameThatOutlivesARefactoring() {
    classes()
        .that()
        .areAnnotatedWith(ActivityInterface.class)
        .should(
            satisfy(
                "have a prefix for its activities",
                type -> !type.getAnnotationOfType(ActivityInterface.class).namePrefix().isEmpty()))
        .check(CLASSES);
    methods()
        .that()
        .areAnnotatedWith(WorkflowMethod.class)
        .should()
        .beDeclaredInClassesThat()
        .areAnnotatedWith(WorkflowInterface.class)
        .check(CLASSES);
    for (JavaClass type : CLASSES) {
      type.getMethods().stream()
          .filter(method -> method.isAnnotatedWith(WorkflowMethod.class))
          .forEach(method ->
              assertThat(method.getAnnotationOfType(WorkflowMethod.class).name())
                  .as("explicit name of %s", method.getFullName())
                  .isNotEmpty());
    }
  }

  @Test
  void implementationsOfWorkflowsAreFinal() {
    classes()
        .that(implementAWorkflow())
        .should()
        .haveModifier(JavaModifier.FINAL)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void testsAssertWithAssertJ() {
    JavaClasses withTests = new ClassFileImporter().importPackages(ROOT);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
        .check(withTests);
  }

  private static boolean isNotReplayable(AccessTarget target) {
    return NOT_REPLAYABLE.entrySet().stream()
        .anyMatch(entry ->
            target.getOwner().isAssignableTo(entry.getKey())
                && entry.getValue().contains(target.getName()));
  }

  private static DescribedPredicate<JavaClass> implementAWorkflow() {
    return describe(
        "implement a workflow",
        type ->
            !type.isInterface()
                && type.getAllRawInterfaces().stream()
                    .anyMatch(implemented -> implemented.isAnnotatedWith(WorkflowInterface.class)));
  }

  /** Interfaces of activities and workflows carry Temporal's annotations and nothing else of it. */
  private static DescribedPredicate<JavaClass> declaredToTemporal() {
    return describe(
        "are interfaces of activities or workflows",
        type ->
            type.isAnnotatedWith(ActivityInterface.class)
                || type.isAnnotatedWith(WorkflowInterface.class));
  }

  private static ArchCondition<JavaClass> satisfy(String words, Predicate<JavaClass> holds) {
    return new ArchCondition<>(words) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(item, holds.test(item), item.getName() + " should " + words));
      }
    };
  }

  /** Guards the guard: a rule over no classes would hold whatever is written. */
  @Test
  void theRulesSeeTheWholeModule() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(ROOT + ".media", ROOT + ".failure", ROOT + ".video");
  }
}
