package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.store.AnalysedVideo;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DecisionRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules may ask about a file that could perhaps not even be analysed. */
final class RuledSource {

  private final DecisionRepository analysed;
  private final VideoRepository videos;
  private final ManagedFacts managed;

  RuledSource(Database database) {
    this.analysed = new DecisionRepository(database);
    this.videos = new VideoRepository(database);
    this.managed = new ManagedFacts(database);
  }

  /** What is known of a video; empty where the video itself is not. */
  Optional<RuledFile> of(VideoId video) {
    return analysed
        .find(video)
        .map(AnalysedVideo::toRules)
        .or(() -> videos.find(video).map(this::unmeasured));
  }

  /** Rules see of it what they see of a file without streams. */
  private RuledFile unmeasured(Video video) {
    return new RuledFile(
        video.path(),
        video.libraryName(),
        new FileFacts(
            new SourceIdentity(video.size(), video.mtime(), ""), video.hardLinks(), false),
        new MediaFacts("", 0, 0, video.size(), List.of(), 0, Map.of()),
        managed.of(video.path()),
        Instant.now());
  }
}
