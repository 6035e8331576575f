package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The analysis of one video, as its own workflow asks for it. */
public final class AnalysisActivitiesImpl implements AnalysisActivities {

  private final FileAnalysis files;
  private final FactsStore store;
  private final ReplacedBefore before;

  /**
   * @param before asked before each file is looked at
   */
  public AnalysisActivitiesImpl(FileAnalysis files, FactsStore store, ReplacedBefore before) {
    this.files = files;
    this.store = store;
    this.before = before;
  }

  @Override
  public Analysis analyse(VideoId video, MediaPath path) {
    Optional<Analysis.Settled> settled = before.ask(video, path);
    if (settled.isPresent()) {
      return settled.get();
    }
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
