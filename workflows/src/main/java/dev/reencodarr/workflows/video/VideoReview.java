package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.video.Reviewing.Word;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/**
 * A result that is held until somebody has looked at it: room for it, the wait, and what becomes of
 * it when its source changes, the video is cancelled or its library is removed.
 */
final class VideoReview {

  /** Version 0 knew of no results that an earlier run had left. */
  private static final String TAKES_UP = "held-results-are-taken-up";

  /** Some events of the history each time: it lasts for years. */
  private static final Duration LOOK_EVERY = Duration.ofHours(6);

  private final VideoId video;
  private final Claim.Proceed claim;
  private final VideoSteps steps;
  private final Attempts attempts;
  private final VideoStatus status;
  private final Parking parking;
  private final Pausing pausing;
  private final Reviewing reviewing;

  VideoReview(
      VideoId video,
      Claim.Proceed claim,
      VideoSteps steps,
      Attempts attempts,
      VideoStatus status,
      Parking parking,
      Pausing pausing,
      Reviewing reviewing) {
    this.video = video;
    this.claim = claim;
    this.steps = steps;
    this.attempts = attempts;
    this.status = status;
    this.parking = parking;
    this.pausing = pausing;
    this.reviewing = reviewing;
  }

  /** How a wait has ended. */
  sealed interface Ended {

    /** The result may take its place. */
    record Approved() implements Ended {}

    /** The result is gone; the video is left alone. */
    record Rejected(String why) implements Ended {}

    /** The result is gone, since nobody can want it: from the top again. */
    record SourceChanged() implements Ended {}
  }

  /** Returns when a result of this size may be held; 0: not known yet. */
  void awaitRoom(RoomRequest request) {
    var _ =
        new RoomWait(attempts, parking).until(() -> steps.review(claim.zone()).roomToHold(request));
  }

  /**
   * What an earlier run has held of this very file. What it has held of another is removed.
   *
   * @return empty where there is none: then there is work to do
   */
  Optional<ReviewRowActivities.Known> takenUp(Analysis.Analysed facts) {
    if (!takesUp()) {
      return Optional.empty();
    }
    Optional<ReviewRowActivities.Known> known = Optional.ofNullable(steps.reviews().known(video));
    if (known.isEmpty()) {
      return known;
    }
    HeldResult held = known.get().result();
    boolean wanted =
        held.isOf(claim.source(), facts.file().identity())
            && look(held) instanceof HeldLook.AsItWas;
    if (!wanted) {
      drop(held);
      return Optional.empty();
    }
    return known;
  }

  private static boolean takesUp() {
    return Workflow.getVersion(TAKES_UP, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  /**
   * Waits, however long, for a word about the result.
   *
   * @param onceItWaits is done when people can speak of it
   * @param beforeItIsTaken is done once it is approved
   * @throws ResultLost if somebody has taken it away
   */
  Ended hold(HeldResult held, Functions.Proc onceItWaits, Functions.Proc beforeItIsTaken) {
    try {
      steps.reviews().held(held);
      reviewing.begins(held.forWhat());
      onceItWaits.apply();
      Ended ended = word(held).map(word -> ended(held, word)).orElseGet(() -> outdated(held));
      if (ended instanceof Ended.Approved) {
        goesOn(beforeItIsTaken);
      }
      return ended;
    } catch (RuntimeException ending) {
      dropIfUnwanted(held, ending);
      throw ending;
    } finally {
      reviewing.isOver();
    }
  }

  /** One whose video has failed is taken up again by the next run. */
  private void dropIfUnwanted(HeldResult held, RuntimeException ending) {
    boolean nobodyWantsIt =
        switch (ending) {
          case CanceledFailure _, LibraryRemoved _ -> true;
          case ActivityFailure failure -> FailureReading.isCancellation(failure);
          default -> false;
        };
    if (nobodyWantsIt) {
      drop(held);
    }
  }

  /** Empty where the source has changed before anybody has said one. */
  private Optional<Word> word(HeldResult held) {
    while (true) {
      Optional<Word> word = reviewing.orUntil(LOOK_EVERY);
      if (word.isPresent()) {
        return word;
      }
      switch (look(held)) {
        case HeldLook.AsItWas() -> reviewing.stillWaits(held.forWhat());
        case HeldLook.SourceChanged changed -> {
          status.note(changed.what());
          return Optional.empty();
        }
        case HeldLook.ResultGone gone -> {
          steps.reviews().forget(held.video());
          throw new ResultLost(
              Evidence.ofFile(EvidenceKind.FILE_ACCESS, held.source().value(), gone.what()));
        }
      }
    }
  }

  private Ended outdated(HeldResult held) {
    drop(held);
    return new Ended.SourceChanged();
  }

  private Ended ended(HeldResult held, Word word) {
    return switch (word) {
      case Word.Approved() -> {
        steps.reviews().approved(held.video());
        status.note("approved");
        yield new Ended.Approved();
      }
      case Word.Rejected rejected -> {
        drop(held);
        yield new Ended.Rejected(
            rejected.reason().isEmpty() ? "its result was rejected" : rejected.reason());
      }
    };
  }

  private HeldLook look(HeldResult held) {
    return attempts.run(FailureStage.POST_PROCESS, () -> steps.review(claim.zone()).lookAt(held));
  }

  /** Removes what nobody wants; where its mount is away, the janitor does so later. */
  private void drop(HeldResult held) {
    Uncancellable.run(() -> {
      try {
        steps.clearing(claim.zone()).drop(held);
      } catch (ActivityFailure failure) {
        status.note("the held result is left to the janitor: " + failure.getMessage());
      }
      steps.reviews().forget(held.video());
    });
  }

  /** Pauses count from here on. */
  private void goesOn(Functions.Proc beforeItIsTaken) {
    pausing.before(VideoState.REPLACING, "approved");
    beforeItIsTaken.apply();
  }

  /** Waits for nothing but for what every replacement waits for: it is approved already. */
  void takeApproved(HeldResult held, Functions.Proc beforeItIsTaken) {
    try {
      goesOn(beforeItIsTaken);
    } catch (RuntimeException ending) {
      dropIfUnwanted(held, ending);
      throw ending;
    }
  }
}
