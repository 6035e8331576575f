package dev.reencodarr.activities.video;

import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.video.HeldResult;
import dev.reencodarr.workflows.video.ReviewRowActivities;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows of results that wait for a review. */
public final class ReviewRecord implements ReviewRowActivities {

  private final HeldResultRepository results;

  public ReviewRecord(HeldResultRepository results) {
    this.results = results;
  }

  @Override
  public @Nullable Known known(VideoId video) {
    return results.known(video).orElse(null);
  }

  @Override
  public void held(HeldResult result) {
    results.hold(result, dotFolder(result));
  }

  /** A result lies in its video's folder, in the stage folder, in ours. */
  private static MediaPath dotFolder(HeldResult result) {
    Path staged = Path.of(result.staged().path().value());
    Path folder = staged.resolve("../../..").normalize();
    return new MediaPath(folder.toString());
  }

  @Override
  public void approved(VideoId video) {
    results.approve(video);
  }

  @Override
  public void forget(VideoId video) {
    results.forget(video);
  }
}
