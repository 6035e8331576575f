package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import io.temporal.workflow.Workflow;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a parked video waits for, told as a failure of its own: one for all the videos that wait for
 * the same, since it is none of theirs. The first of them that goes on says that it is over; who
 * still waits says otherwise at its next look.
 */
final class LongWaits {

  private final StandingFailureActivities standing;
  private final Map<FailureStage, Set<String>> told = new EnumMap<>(FailureStage.class);

  LongWaits(StandingFailureActivities standing) {
    this.standing = standing;
  }

  /**
   * Tells what is waited for.
   *
   * @return whether this video has not waited for it before
   */
  boolean begins(Classification classification, Evidence evidence) {
    FailureStage stage = classification.stage();
    String host = evidence.context().getOrDefault("host", StandingFailure.ANY_HOST);
    String subject = StandingFailure.subjectOfWait(stage, classification.code(), host);
    standing.tell(
        Workflow.getInfo().getRunId(),
        List.of(
            new StandingFailure(
                subject,
                classification.about(
                    "videos wait in " + stage.code() + " on " + host, Reaction.STOP_QUEUE),
                evidence)),
        List.of());
    return told.computeIfAbsent(stage, none -> new LinkedHashSet<>()).add(subject);
  }

  /** A step of the stage has come to an outcome. */
  void overIn(FailureStage stage) {
    Set<String> over = told.remove(stage);
    if (over != null) {
      standing.tell(Workflow.getInfo().getRunId(), List.of(), List.copyOf(over));
    }
  }

  /** The video is at its end, whatever that is. */
  void ended() {
    List.copyOf(told.keySet()).forEach(this::overIn);
  }
}
