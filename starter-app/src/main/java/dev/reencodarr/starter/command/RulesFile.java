package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.plan.rules.RuleProblem;
import dev.reencodarr.workflows.plan.rules.RuleSet;
import dev.reencodarr.workflows.plan.rules.RulesInvalid;
import dev.reencodarr.workflows.plan.rules.RulesReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A text of rules that somebody has typed.
 *
 * @param name for people
 */
record RulesFile(String name, String text) {

  /** In place of a file: what comes in. */
  static final String STANDARD_INPUT = "-";

  /** Reads it; {@code -} stands for the standard input. */
  static RulesFile read(String typed, Path workingFolder) throws CommandFailed {
    if (typed.equals(STANDARD_INPUT)) {
      try {
        return new RulesFile(
            "standard input", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw CommandFailed.usage("the standard input cannot be read: " + e.getMessage());
      }
    }
    Path file = workingFolder.resolve(typed);
    try {
      return new RulesFile(typed, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw CommandFailed.usage("there is no file " + typed);
    } catch (CharacterCodingException e) {
      throw CommandFailed.usage(typed + " is not UTF-8");
    } catch (IOException e) {
      throw CommandFailed.usage(typed + " cannot be read: " + e.getMessage());
    }
  }

  /** The rules; all that is wrong with them is told at once. */
  RuleSet rules() throws CommandFailed {
    try {
      return new RulesReader().read(text);
    } catch (RulesInvalid e) {
      throw CommandFailed.usage(
          e.problems().stream().map(this::inPlace).collect(Collectors.joining("\n")));
    }
  }

  private String inPlace(RuleProblem problem) {
    return name + (problem.line() > 0 ? " line " + problem.line() : "") + ": " + problem.message();
  }
}
