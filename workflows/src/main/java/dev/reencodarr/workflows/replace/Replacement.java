package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The journal row of one replacement.
 *
 * @param video empty once the video is gone from the database; the files are still accounted for
 * @param attempt key of the attempt that began it
 * @param source path of the original
 * @param target path of the result; equal to {@code source} where the path stays
 * @param staged where the result was copied to
 * @param quarantine folder of this replacement
 * @param step the last step that was begun; empty before the first
 * @param original identity of the file that was analysed
 * @param resultSha256 of the whole result, hex
 * @param resultIdentity of the file at the target when the swap was committed
 * @param outcome what an abandoned or overtaken attempt answered
 * @param quarantined whether the quarantine folder holds a file that must not be dropped
 * @param undoAttempt key of the latest undo that was begun
 * @param undoIntent the state that an unfinished undo is on its way to
 */
public record Replacement(
    UUID id,
    Optional<VideoId> video,
    String attempt,
    MediaPath libraryRoot,
    MediaPath source,
    MediaPath target,
    MediaPath staged,
    MediaPath quarantine,
    SwapWay way,
    ReplacementState state,
    String step,
    SourceIdentity original,
    String resultSha256,
    long resultBytes,
    Optional<SourceIdentity> resultIdentity,
    Optional<SwapOutcome> outcome,
    boolean quarantined,
    List<String> warnings,
    Optional<String> undoAttempt,
    Optional<ReplacementState> undoIntent) {

  /** Whether the result takes the very path of its source. */
  public boolean staysAtPath() {
    return source.equals(target);
  }
}
