package dev.reencodarr.workflows.plan.rules;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.RegexLiteralValidator;
import java.util.List;
import java.util.Optional;

/**
 * The language of conditions: the Common Expression Language over {@link Fact}s, with {@code
 * glob(path, pattern)} beside what it has itself. It knows no loops without an end, its regular
 * expressions take linear time, and it reaches nothing but the facts.
 */
final class Conditions {

  private static final String GLOB = "glob";
  private static final String GLOB_OVERLOAD = "glob_string_string";

  /** Of all steps of the macros of one condition: far more than any file has tracks. */
  private static final int MOST_ITERATIONS = 10_000;

  private final CelCompiler compiler;
  private final CelRuntime runtime;
  private final CelValidator validator;

  Conditions() {
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new TrackTypes())
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    GLOB,
                    CelOverloadDecl.newGlobalOverload(
                        GLOB_OVERLOAD, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)))
            .setResultType(SimpleType.BOOL);
    for (Fact fact : Fact.values()) {
      builder.addVar(fact.variable(), fact.type());
    }
    compiler = builder.build();
    runtime =
        CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(options)
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                CelFunctionBinding.from(
                    GLOB_OVERLOAD, String.class, String.class, Conditions::matches))
            .build();
    validator =
        CelValidatorFactory.standardCelValidatorBuilder(compiler, runtime)
            .addAstValidators(RegexLiteralValidator.INSTANCE)
            .build();
  }

  /** The types of tracks. */
  private static final class TrackTypes implements CelTypeProvider {

    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.of(Track.AUDIO, Track.SUBTITLE);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }

  /**
   * What is wrong with a condition.
   *
   * @param line of the condition, from 1
   * @param column in that line, from 1
   */
  record Issue(int line, int column, String message) {}

  /** A condition that cannot be used. */
  static final class Invalid extends Exception {

    private final transient List<Issue> issues;

    Invalid(List<Issue> issues) {
      super(issues.toString());
      this.issues = issues;
    }

    List<Issue> issues() {
      return issues;
    }
  }

  /**
   * Reads a condition.
   *
   * @throws Invalid if it is none, or asks for what there is not
   */
  Condition compile(String text) throws Invalid {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      CelValidationResult validated = validator.validate(tree);
      // What may be of any type passes for bool, and may turn out to be none.
      if (!tree.getResultType().equals(SimpleType.BOOL)) {
        throw new Invalid(
            List.of(
                new Issue(
                    1, 1, "its type is not known to be bool: " + tree.getResultType().name())));
      }
      if (validated.hasError()) {
        throw new Invalid(validated.getErrors().stream().map(Conditions::issue).toList());
      }
      CelRuntime.Program program = runtime.createProgram(tree);
      return facts -> (boolean) program.eval(facts);
    } catch (CelValidationException e) {
      throw new Invalid(e.getErrors().stream().map(Conditions::issue).toList());
    } catch (CelEvaluationException e) {
      throw new Invalid(List.of(new Issue(1, 1, String.valueOf(e.getMessage()))));
    }
  }

  /** Without what says nothing to people: containers, lists of all overloads. */
  private static Issue issue(CelIssue issue) {
    String message =
        issue
            .getMessage()
            .replaceAll(" \\(in container '.*?'\\)", "")
            .replaceAll(" \\(candidates: .*", "")
            .lines()
            .findFirst()
            .orElse("");
    return new Issue(
        issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn() + 1, message);
  }

  private static boolean matches(String path, String glob) {
    return Pattern.matches(regex(glob), path);
  }

  /** {@code *} and {@code ?} stay within a folder's name, {@code **} goes beyond. */
  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    int at = 0;
    while (at < glob.length()) {
      if (glob.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else {
        int next = glob.codePointAt(at);
        switch (next) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          default -> regex.append(Pattern.quote(Character.toString(next)));
        }
        at += Character.charCount(next);
      }
    }
    return regex.toString();
  }
}
