package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an order may ask for beyond the settings. */
final class WishOptions {

  private static final int MOST = 100;

  @Option(
      names = "--target",
      paramLabel = "N",
      description = "VMAF score to reach, 0 to 100, for this order.")
  private @Nullable Double target;

  @Option(
      names = "--goal",
      paramLabel = "space|time|balanced",
      description = "Smaller files, or more files done.")
  private @Nullable Goal goal;

  @Option(
      names = "--priority",
      paramLabel = "1-5",
      description = "1 is first, 5 last; ordinary is 3.")
  private int priority = 3;

  Wishes wishes(Optional<MediaPath> output) throws CommandFailed {
    if (priority < 1 || priority > 5) {
      throw CommandFailed.usage("--priority must be 1 to 5, not " + priority);
    }
    Double wished = target;
    if (wished != null && !(wished > 0 && wished <= MOST)) {
      throw CommandFailed.usage(
          "--target must be a VMAF score above 0 and up to 100, not " + wished);
    }
    return new Wishes(
        wished == null ? OptionalDouble.empty() : OptionalDouble.of(wished),
        Optional.ofNullable(goal),
        priority,
        output);
  }
}
