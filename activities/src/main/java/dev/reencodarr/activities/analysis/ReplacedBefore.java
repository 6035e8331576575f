package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.util.Optional;

/** Tells a file that is settled on disk, though the database does not know it. */
@FunctionalInterface
public interface ReplacedBefore {

  /** What was made of the file before; empty where nothing speaks against working on it. */
  Optional<Analysis.Settled> ask(VideoId video, MediaPath file);
}
