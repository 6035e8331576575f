package dev.reencodarr.starter.command;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The videos that a command is about. */
final class VideoChoice {

  @Parameters(arity = "0..*", paramLabel = "VIDEO", description = "Ids or paths of files.")
  private List<String> typed = List.of();

  List<String> typed() {
    return typed;
  }

  /** Fails where neither videos nor any of the other ways to choose is given, or both are. */
  void requireOneWay(boolean otherWay, String others) throws CommandFailed {
    if (typed.isEmpty() && !otherWay) {
      throw CommandFailed.usage("say which: VIDEO… or " + others);
    }
    if (!typed.isEmpty() && otherWay) {
      throw CommandFailed.usage("either VIDEO… or " + others + ", not both");
    }
  }
}
