package dev.reencodarr.workflows.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.satisfied;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules that hold in every module; each new package is under them from its first class on. */
public final class CodeRules {

  /** Words that say what a package is made of and not what it is about. */
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "util",
          "utils",
          "helper",
          "helpers",
          "manager",
          "managers",
          "dto",
          "dtos",
          "service",
          "services",
          "common",
          "commons",
          "misc",
          "impl",
          "model",
          "models",
          "shared",
          "base");

  private CodeRules() {}

  /** The module's own classes without its tests. */
  public static JavaClasses production(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        // The tests of a module below come as a jar of their own.
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages(rootPackage);
  }

  /** All of them, for the module whose packages lie below this one. */
  public static List<ArchRule> all(String rootPackage) {
    return List.of(
        packagesAreNullMarked(),
        packagesAreSubjects(),
        noCyclesBelow(rootPackage),
        noStaticState(),
        optionalIsAResult(),
        noOptionalIsTaken());
  }

  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("lie in a package that is @NullMarked") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(violated(item, item.getPackageName() + " is not @NullMarked"));
                }
              }
            });
  }

  static ArchRule packagesAreSubjects() {
    return noClasses()
        .should(
            new ArchCondition<JavaClass>("lie in a package whose name says nothing") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                for (String word : item.getPackageName().split("\\.", -1)) {
                  if (EMPTY_WORDS.contains(word)) {
                    events.add(
                        satisfied(item, item.getName() + " lies in a package named " + word));
                  }
                }
              }
            });
  }

  static ArchRule noCyclesBelow(String rootPackage) {
    return slices()
        .matching(rootPackage + ".(*)..")
        .should()
        .beFreeOfCycles()
        // A module of one package has no slices.
        .allowEmptyShould(true);
  }

  static ArchRule noStaticState() {
    return fields()
        .that()
        .areStatic()
        .and(areWritten())
        .should()
        .beFinal()
        .because("what is static is shared by everything that runs in the JVM")
        .allowEmptyShould(true);
  }

  static ArchRule optionalIsAResult() {
    return fields()
        .that()
        .haveRawType(Optional.class)
        .and()
        .areDeclaredInClassesThat(areMutable())
        .should(neverBe())
        .because("Optional is a result; the components of a record count as results")
        .allowEmptyShould(true);
  }

  static ArchRule noOptionalIsTaken() {
    return methods()
        .that(areWritten())
        .should(
            new ArchCondition<JavaMethod>("take no Optional") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean taken =
                    method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Optional.class));
                if (taken) {
                  events.add(violated(method, method.getFullName() + " takes an Optional"));
                }
              }
            })
        .allowEmptyShould(true);
  }

  private static <T extends JavaMember> DescribedPredicate<T> areWritten() {
    return DescribedPredicate.describe(
        "are written by hand", member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static DescribedPredicate<JavaClass> areMutable() {
    return DescribedPredicate.describe("are no records", type -> !type.isRecord());
  }

  private static ArchCondition<JavaField> neverBe() {
    return new ArchCondition<>("not be") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        events.add(violated(field, field.getFullName() + " is an Optional"));
      }
    };
  }
}
