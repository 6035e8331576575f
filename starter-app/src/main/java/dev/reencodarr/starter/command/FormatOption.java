package dev.reencodarr.starter.command;

import picocli.CommandLine.Option;

/** How a listing is printed. */
final class FormatOption {

  /** The forms. */
  enum Format {
    CONSOLE,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "console|json",
      description = "A table for people, or JSON on stdout for programs.")
  private Format format = Format.CONSOLE;

  boolean isJson() {
    return format == Format.JSON;
  }
}
