package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.StagedResult;
import java.util.Locale;

/**
 * A verified result that lies beside its source and waits for an operator's word.
 *
 * @param identity of the source that it was made from
 * @param target the path that it is to have
 * @param figures of its encode
 */
public record HeldResult(
    VideoId video,
    MediaPath libraryRoot,
    MediaPath source,
    SourceIdentity identity,
    MediaPath target,
    StagedResult staged,
    VideoEnd.Encode figures) {

  private static final String REVIEW = "review: ";

  /** What its video waits for, for people. */
  String forWhat() {
    return String.format(
        Locale.ROOT,
        REVIEW + "its result has %.1f %% of the size, %s; ./reencodarr approve or reject",
        100.0 * staged.sizeBytes() / identity.size(),
        figures.metric().text(figures.vmafScore(), 2));
  }

  /** Whether this is what a waiting video says that waits for a review. */
  public static boolean isWaitedFor(String detail) {
    return detail.startsWith(REVIEW);
  }

  /** Whether it was made of this file, as it is now. */
  boolean isOf(MediaPath path, SourceIdentity file) {
    return source.equals(path) && identity.equals(file);
  }
}
