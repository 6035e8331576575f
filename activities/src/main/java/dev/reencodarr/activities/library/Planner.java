package dev.reencodarr.activities.library;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;

/** What the settings make of a file; the same rules as in the video's own workflow. */
@FunctionalInterface
public interface Planner {

  Planned plan(MediaPath path, FileFacts file, MediaFacts media, QualitySettings quality);
}
