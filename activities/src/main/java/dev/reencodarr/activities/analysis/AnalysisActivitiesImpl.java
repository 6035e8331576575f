package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The analysis of one video, as its own workflow asks for it. */
public final class AnalysisActivitiesImpl implements AnalysisActivities {

  private final FileAnalysis files;
  private final FactsStore store;

  public AnalysisActivitiesImpl(FileAnalysis files, FactsStore store) {
    this.files = files;
    this.store = store;
  }

  @Override
  public Analysis analyse(VideoId video, MediaPath path) {
    Analysis analysis = files.look(path);
    if (analysis instanceof Analysis.Analysed analysed) {
      store.store(video, analysed);
    }
    return analysis;
  }

  @Override
  public boolean exists(MediaPath path) {
    return Files.exists(Path.of(path.value()), LinkOption.NOFOLLOW_LINKS);
  }
}
