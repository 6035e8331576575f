package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;
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
 * @param movedTo where the result was found to be renamed to, or where it would come back to
 * @param restoredTo where the original was put instead of its own place, or is being put
 * @param acceptedAt when what was kept was let go for good
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
    Optional<ReplacementState> undoIntent,
    Optional<MediaPath> movedTo,
    Optional<MediaPath> restoredTo,
    Optional<Instant> acceptedAt) {

  /** Whether the result takes the very path of its source. */
  public boolean staysAtPath() {
    return source.equals(target);
  }

  /** Where the result lies, or belongs. */
  public MediaPath resultPlace() {
    return movedTo.orElse(target);
  }

  /** Where the original lies, or belongs: beside a result that was renamed, under its name. */
  public MediaPath originalPlace() {
    return movedTo
        .map(moved -> staysAtPath() ? moved : beside(moved, extensionOf(source)))
        .orElse(source);
  }

  /** This replacement, its result renamed. */
  public Replacement movedTo(MediaPath result) {
    return new Replacement(
        id,
        video,
        attempt,
        libraryRoot,
        source,
        target,
        staged,
        quarantine,
        way,
        state,
        step,
        original,
        resultSha256,
        resultBytes,
        resultIdentity,
        outcome,
        quarantined,
        warnings,
        undoAttempt,
        undoIntent,
        Optional.of(result),
        restoredTo,
        acceptedAt);
  }

  /** The same for a result that is not there: its original was found under another name. */
  public Replacement originalMovedTo(MediaPath found) {
    return movedTo(staysAtPath() ? found : beside(found, extensionOf(target)));
  }

  /** This replacement in a library that was moved as a whole: only its places are others. */
  public Replacement withPlacesOf(Replacement found) {
    return new Replacement(
        id,
        video,
        attempt,
        found.libraryRoot,
        found.source,
        found.target,
        found.staged,
        found.quarantine,
        way,
        state,
        step,
        original,
        resultSha256,
        resultBytes,
        resultIdentity,
        outcome,
        quarantined,
        warnings,
        undoAttempt,
        undoIntent,
        found.movedTo,
        restoredTo,
        acceptedAt);
  }

  /**
   * This replacement as its files say it, with nothing under way.
   *
   * @param found {@code DONE} or {@code UNDONE}
   * @param result identity of the result, wherever it lies
   */
  public Replacement asFound(ReplacementState found, SourceIdentity result) {
    return new Replacement(
        id,
        video,
        attempt,
        libraryRoot,
        source,
        target,
        staged,
        quarantine,
        way,
        found,
        step,
        original,
        resultSha256,
        resultBytes,
        Optional.of(result),
        outcome,
        true,
        warnings,
        Optional.empty(),
        Optional.empty(),
        movedTo,
        restoredTo,
        acceptedAt);
  }

  private static MediaPath beside(MediaPath file, String extension) {
    return file.parent().resolve(file.stem() + extension);
  }

  /** With its dot, as it is written; empty if there is none. */
  private static String extensionOf(MediaPath file) {
    return file.fileName().substring(file.stem().length());
  }
}
