package dev.reencodarr.workflows.plan.rules;

/**
 * What is wrong with a text of rules.
 *
 * @param line from 1; 0 where it is the whole text
 * @param message for people
 */
public record RuleProblem(int line, String message) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + message;
  }
}
