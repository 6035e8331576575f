package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.NextEncoder;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.EncoderChoice;
import dev.reencodarr.workflows.plan.Planned;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the encoder of a video before its search: scores, points and presets belong to one. Where
 * SVT-AV1 alone is wished nothing is asked: its queue is waited at, as long as it takes. Otherwise
 * that encoder is taken that machines offer, and where none of the wished ones is offered the video
 * is parked.
 */
final class ChosenEncoder {

  /** One that is wished more may answer so much later than the first and be taken all the same. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration AFTER_A_VAIN_RACE = Duration.ofSeconds(10);

  private final VideoId video;
  private final String zone;
  private final VideoSteps steps;
  private final VideoStatus status;
  private final Attempts attempts;
  private final Map<Encoder, EncodePlan> plans = new EnumMap<>(Encoder.class);
  private final EncoderPick pick;
  private final boolean takesWhatIsFree;
  private final boolean asks;
  private Encoder chosen;
  private int waits = 0;

  ChosenEncoder(
      VideoId video,
      String zone,
      Planned.Encode wanted,
      VideoSteps steps,
      VideoStatus status,
      Attempts attempts) {
    this.video = video;
    this.zone = zone;
    this.steps = steps;
    this.status = status;
    this.attempts = attempts;
    wanted.all().forEach(plan -> plans.put(plan.encoder(), plan));
    List<Encoder> wished = wanted.all().stream().map(EncodePlan::encoder).toList();
    this.pick = new EncoderPick(wished);
    this.takesWhatIsFree = wanted.plan().quality().hardware().choice() == EncoderChoice.FIRST_FREE;
    this.asks = !wished.equals(List.of(Encoder.LIBSVTAV1));
    this.chosen = wished.getFirst();
  }

  /** An encoder that is lost on the way is followed by the next wished one, from the search on. */
  <T> T with(Function<EncodePlan, T> work) {
    attempts.mayChange(this);
    while (true) {
      EncodePlan plan = next();
      try {
        return work.apply(plan);
      } catch (EncoderLost lost) {
        lost(lost);
      }
    }
  }

  /** The plan with the encoder that is to be taken now; waits until there is one. */
  private EncodePlan next() {
    if (asks) {
      chosen = choose();
      waits = 0;
      status.note("encoder: " + chosen.ffmpegName());
    }
    return plan();
  }

  private EncodePlan plan() {
    EncodePlan plan = plans.get(chosen);
    if (plan == null) {
      throw new IllegalStateException("no plan with " + chosen);
    }
    return plan;
  }

  private Encoder choose() {
    while (true) {
      List<Encoder> candidates = candidates();
      if (candidates.isEmpty()) {
        waits++;
        attempts.awaitEncoder(nobodyOffers(), zone, waits);
        pick.forgetWhatIsGone();
      } else if (takesWhatIsFree && candidates.size() > 1) {
        Optional<Encoder> free = firstFree(candidates);
        if (free.isPresent()) {
          return free.get();
        }
        Workflow.sleep(AFTER_A_VAIN_RACE);
      } else {
        return candidates.getFirst();
      }
    }
  }

  private String nobodyOffers() {
    return "no machine of zone %s offers %s"
        .formatted(
            zone,
            pick.awaited().stream().map(Encoder::ffmpegName).collect(Collectors.joining(" or ")));
  }

  /**
   * Asks each for a turn. A turn is no lease: another video may be quicker to the place, and then
   * this one waits for the next at the same queue.
   *
   * @return empty where none of them had one for long
   */
  private Optional<Encoder> firstFree(List<Encoder> candidates) {
    status.note("whichever is free first of " + candidates);
    Map<Encoder, Promise<String>> turns = new EnumMap<>(Encoder.class);
    CancellationScope race =
        Workflow.newCancellationScope(() -> {
          for (Encoder encoder : candidates) {
            turns.put(encoder, Async.function(steps.turn(encoder, zone)::turn, video, encoder));
          }
        });
    race.run();
    try {
      Workflow.await(() ->
          turns.values().stream().allMatch(Promise::isCompleted)
              || first(candidates, turns).isPresent());
      Optional<Encoder> first = first(candidates, turns);
      if (first.isPresent() && first.get() != candidates.getFirst()) {
        Workflow.await(GRACE, () -> !first(candidates, turns).equals(first));
      }
      return first(candidates, turns);
    } finally {
      race.cancel("another encoder was free first");
    }
  }

  /** The most wished of those that have answered. */
  private static Optional<Encoder> first(
      List<Encoder> candidates, Map<Encoder, Promise<String>> turns) {
    return candidates.stream().filter(encoder -> hasTurn(turns.get(encoder))).findFirst();
  }

  private static boolean hasTurn(@Nullable Promise<String> turn) {
    if (turn == null || !turn.isCompleted()) {
      return false;
    }
    RuntimeException failure = turn.getFailure();
    if (failure != null && !(failure instanceof ActivityFailure)) {
      throw failure;
    }
    return failure == null;
  }

  /** Whether to turn to another encoder instead of what was decided. */
  Optional<EncoderLost.Why> leaves(FailureStage stage, Classification failure, Decision decision) {
    if (!pick.hasAnotherThan(chosen)) {
      return Optional.empty();
    }
    return switch (NextEncoder.after(stage, failure, decision, chosen)) {
      case STAY -> Optional.empty();
      case DEVICE_GONE -> Optional.of(EncoderLost.Why.DEVICE_GONE);
      case REFUSES_THE_FILM ->
          isAnotherOffered() ? Optional.of(EncoderLost.Why.REFUSES_THE_FILM) : Optional.empty();
    };
  }

  /** What is final with this one is not waited out for another one that nobody may ever have. */
  private boolean isAnotherOffered() {
    return candidates().stream().anyMatch(encoder -> encoder != chosen);
  }

  /** Whether work that nobody takes is to come back. */
  boolean looksAgain() {
    return asks;
  }

  /** Whether work that came back would be given to the same encoder, by what is offered now. */
  boolean isStillTheChoice() {
    List<Encoder> candidates = candidates();
    boolean asksForTurns = takesWhatIsFree && candidates.size() > 1;
    return !asksForTurns && candidates.stream().findFirst().filter(chosen::equals).isPresent();
  }

  private List<Encoder> candidates() {
    return pick.among(steps.machines().offered(zone));
  }

  private void lost(EncoderLost lost) {
    status.note(chosen.ffmpegName() + " is left: " + lost.what());
    pick.lost(chosen, lost.why());
  }
}
