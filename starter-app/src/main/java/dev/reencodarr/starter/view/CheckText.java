package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.sync.ConnectionCheck;
import java.util.List;

/** What a look at a connection has shown, for people. */
public final class CheckText {

  private CheckText() {}

  /** A line for each finding. */
  public static List<String> lines(ConnectionCheck check) {
    return check.findings().stream()
        .map(finding -> mark(finding.weight()) + Printable.of(finding.line()))
        .toList();
  }

  private static String mark(ConnectionCheck.Weight weight) {
    return switch (weight) {
      case GOOD -> "ok       ";
      case WARNING -> "WARNING  ";
      case BAD -> "BAD      ";
    };
  }
}
