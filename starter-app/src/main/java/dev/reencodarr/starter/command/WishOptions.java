package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an order may ask for beyond the settings, and where its results go. */
final class WishOptions {

  private static final int MOST = 100;

  @Option(
      names = "--target",
      paramLabel = "N",
      description = "Score of the metric to reach, 0 to 100, for this order.")
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

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Leave the originals as they are and put the results here.")
  private @Nullable String output;

  /** Whether originals are left as they are. */
  boolean leavesOriginals() {
    return output != null;
  }

  /**
   * The wishes; the folder for results is created.
   *
   * @param sources the originals, none of which may hold that folder
   */
  Wishes wishes(Targets targets, List<MediaPath> sources) throws CommandFailed {
    if (priority < 1 || priority > 5) {
      throw CommandFailed.usage("--priority must be 1 to 5, not " + priority);
    }
    Double wished = target;
    if (wished != null && !(wished > 0 && wished <= MOST)) {
      throw CommandFailed.usage("--target must be a score above 0 and up to 100, not " + wished);
    }
    return new Wishes(
        wished == null ? OptionalDouble.empty() : OptionalDouble.of(wished),
        Optional.ofNullable(goal),
        priority,
        outputFolder(targets, sources));
  }

  private Optional<MediaPath> outputFolder(Targets targets, List<MediaPath> sources)
      throws CommandFailed {
    return output == null
        ? Optional.empty()
        : Optional.of(OutputFolder.prepare(targets.absolute(output), sources));
  }
}
