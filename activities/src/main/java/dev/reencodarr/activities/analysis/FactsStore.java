package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.VideoId;

/** Keeps what was found out of a video. */
@FunctionalInterface
public interface FactsStore {

  /** Writes the facts to the video's row; done twice it changes nothing more. */
  void store(VideoId video, Analysis.Analysed analysed);
}
