package dev.reencodarr.activities.library;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;

/** Looks at one file, as scans need it: measures, stores nothing. */
@FunctionalInterface
public interface FileAnalyser {

  /**
   * @throws io.temporal.failure.ApplicationFailure made by {@code Faults}, if the file cannot be
   *     analysed
   */
  Analysis analyse(MediaPath path);
}
