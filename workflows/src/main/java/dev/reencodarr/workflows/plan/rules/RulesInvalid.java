package dev.reencodarr.workflows.plan.rules;

import java.util.List;
import java.util.stream.Collectors;

/** A text of rules cannot be used; it tells of everything that is wrong with it. */
public final class RulesInvalid extends RuntimeException {

  private final transient List<RuleProblem> problems;

  RulesInvalid(List<RuleProblem> problems) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, by line. */
  public List<RuleProblem> problems() {
    return problems;
  }
}
