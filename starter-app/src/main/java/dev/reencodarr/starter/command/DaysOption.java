package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.FailureReporting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How far a report looks back. */
final class DaysOption {

  @Option(names = "--days", paramLabel = "N", description = "Days back from now.")
  private @Nullable Integer days;

  /**
   * The days that were typed.
   *
   * @param standard where none were
   */
  int orElse(int standard) throws CommandFailed {
    if (days == null) {
      return standard;
    }
    if (days < 1 || days > FailureReporting.MOST_DAYS) {
      throw CommandFailed.usage(
          "--days must be 1 to " + FailureReporting.MOST_DAYS + ", not " + days);
    }
    return days;
  }
}
