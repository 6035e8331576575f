package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.video.VideoEnd;
import java.util.Locale;

/**
 * What came of a video in one request.
 *
 * @param text for people, one line, such as {@code skipped: already_av1}
 */
public record Outcome(Result result, String text) {

  /** The kinds of outcomes, for programs. */
  public enum Result {
    ENCODED,
    DELIVERED,
    SKIPPED,
    FAILED,
    CANCELLED,
    /** Only searched, as it was ordered. */
    MEASURED,
    /** Settled before this request, or in its course by another. */
    NOTHING_TO_DO,
    /** The file is not there any more. */
    GONE,
    WOULD_ENCODE,
    WOULD_SKIP,
    WOULD_FAIL;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Result parse(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  public static Outcome encoded() {
    return new Outcome(Result.ENCODED, "encoded");
  }

  public static Outcome skipped(SkipReason reason) {
    return new Outcome(Result.SKIPPED, "skipped: " + reason.code());
  }

  public static Outcome failed(String code, String message) {
    return new Outcome(Result.FAILED, "failed: " + code + ": " + message);
  }

  public static Outcome cancelled() {
    return new Outcome(Result.CANCELLED, "cancelled");
  }

  /** Settled before; asking again changes nothing. */
  public static Outcome nothingToDo(String why) {
    return new Outcome(Result.NOTHING_TO_DO, why);
  }

  public static Outcome gone() {
    return new Outcome(Result.GONE, "gone before it was looked at");
  }

  public static Outcome wouldEncode(String how) {
    return new Outcome(Result.WOULD_ENCODE, "would encode: " + how);
  }

  public static Outcome wouldSkip(SkipReason reason, String detail) {
    return new Outcome(
        Result.WOULD_SKIP,
        "would skip: " + reason.code() + (detail.isEmpty() ? "" : ": " + detail));
  }

  public static Outcome wouldFail(String message) {
    return new Outcome(Result.WOULD_FAIL, "would fail: " + message);
  }

  /** The outcome of a pass. */
  static Outcome of(VideoEnd end) {
    return switch (end) {
      case VideoEnd.Encoded encoded -> encoded();
      case VideoEnd.DeliveredTo delivered ->
          new Outcome(Result.DELIVERED, "delivered: " + delivered.path());
      case VideoEnd.Skipped skipped -> skipped(skipped.reason());
      case VideoEnd.Failed failed ->
          failed(failed.classification().code(), failed.classification().message());
      case VideoEnd.Cancelled cancelled -> cancelled();
      case VideoEnd.NothingToDo nothing -> nothingToDo(nothing.why());
      case VideoEnd.Measured measured -> new Outcome(Result.MEASURED, measured.what());
      case VideoEnd.Undone undone -> nothingToDo("undone: the original is back");
      case VideoEnd.Redone redone -> encoded();
      case VideoEnd.Restored restored -> nothingToDo("its original is at " + restored.place());
      case VideoEnd.Released released -> nothingToDo("its original was let go");
      case VideoEnd.UndoRefused refused -> nothingToDo("undo refused: " + refused.why());
    };
  }

  /** The outcome of a video that was settled before the request came. */
  public static Outcome ofSettled(Video video, boolean dryRun) {
    return switch (video.state()) {
      case ENCODED -> nothingToDo("encoded before, unchanged since");
      case SKIPPED -> {
        SkipReason reason = video.skipReason().orElse(SkipReason.KEPT);
        yield dryRun ? wouldSkip(reason, video.detail()) : skipped(reason);
      }
      case FAILED ->
          failed(
              video.failureCode().orElse("UNKNOWN"),
              video.detail() + " (before, and unchanged since: retry tries it again)");
      case CANCELLED -> cancelled();
      case FOUND, ANALYSING, SEARCHING, ENCODING, REPLACING, WAITING ->
          throw new IllegalArgumentException("not settled: " + video.id() + " " + video.state());
    };
  }
}
