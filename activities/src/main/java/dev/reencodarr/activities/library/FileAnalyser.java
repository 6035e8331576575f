package dev.reencodarr.activities.library;

import dev.reencodarr.activities.analysis.LookOutcome;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;

/** Looks at files, as scans need it: measures, stores nothing. */
@FunctionalInterface
public interface FileAnalyser {

  /**
   * Looks at each of a handful of files; what is wrong with one does not touch the others.
   *
   * @return in the order of the paths
   */
  List<LookOutcome> analyse(List<MediaPath> paths);
}
