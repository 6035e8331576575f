package dev.reencodarr.activities.analysis;

import dev.reencodarr.activities.process.ProgramEnd;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file is there and can be read, but it is no media, damaged, or says impossible things. */
public final class NotMedia extends Exception {

  private final transient List<String> command;
  private final transient @Nullable ProgramEnd end;

  private NotMedia(String message, List<String> command, @Nullable ProgramEnd end) {
    super(message);
    this.command = command;
    this.end = end;
  }

  static NotMedia impossible(String message) {
    return new NotMedia(message, List.of(), null);
  }

  static NotMedia refused(List<String> command, ProgramEnd end) {
    String lastLine = end.stderr().strip().lines().reduce("", (first, second) -> second);
    return new NotMedia("ffprobe cannot read it: " + lastLine, command, end);
  }

  /** The command line of the program that refused it; empty where its answer was impossible. */
  public List<String> command() {
    return command;
  }

  /** How that program ended. */
  public Optional<ProgramEnd> end() {
    return Optional.ofNullable(end);
  }
}
