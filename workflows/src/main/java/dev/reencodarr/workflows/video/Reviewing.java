package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoState;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a video waits for an operator's word about its result. It is out of its library's window,
 * like whatever is parked, and needs no machine.
 */
final class Reviewing {

  private final VideoStatus status;
  private boolean waits = false;
  private boolean called = false;
  private @Nullable Word word;

  Reviewing(VideoStatus status) {
    this.status = status;
  }

  /** What an operator says to a result. */
  sealed interface Word {

    record Approved() implements Word {}

    /**
     * @param reason for people; may be empty
     */
    record Rejected(String reason) implements Word {}
  }

  /**
   * From now on there is a result to speak of, until {@link #isOver}.
   *
   * @param forWhat it waits, for people
   */
  void begins(String forWhat) {
    waits = true;
    word = null;
    status.enter(VideoState.WAITING, forWhat);
  }

  /** Says once more what it waits for, where something else was waited for meanwhile. */
  void stillWaits(String forWhat) {
    if (status.state() != VideoState.WAITING || !status.detail().equals(forWhat)) {
      status.enter(VideoState.WAITING, forWhat);
    }
  }

  /**
   * Waits for the word, or until it is time to look how things lie.
   *
   * @return empty: it is time to look
   */
  Optional<Word> orUntil(Duration passed) {
    Workflow.await(passed, () -> word != null || called);
    called = false;
    return Optional.ofNullable(word);
  }

  void isOver() {
    waits = false;
  }

  void approve() {
    word = new Word.Approved();
  }

  void reject(String reason) {
    word = new Word.Rejected(reason);
  }

  /** Something may have changed. */
  void look() {
    called = true;
  }

  /**
   * Whether a word would mean anything.
   *
   * @throws IllegalStateException if no result waits, or one was said
   */
  void requireHeld() {
    if (!waits) {
      throw new IllegalStateException(
          status.state() == VideoState.WAITING
              ? "no result of it waits for a review, it waits for: " + status.detail()
              : "no result of it waits for a review, it is " + status.state().code());
    }
    if (word != null) {
      throw new IllegalStateException(
          word instanceof Word.Approved ? "it is approved already" : "it is rejected already");
    }
  }
}
