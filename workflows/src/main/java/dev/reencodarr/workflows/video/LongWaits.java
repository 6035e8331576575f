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
  private final Map<FailureStage, Set<Wait>> told = new EnumMap<>(FailureStage.class);

  /**
   * @param where it is waited, by which a video's rows are told apart
   * @param subject of the failure that stands; of two libraries on one host each has its own
   */
  private record Wait(String where, String subject) {}

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
    String root = evidence.context().getOrDefault(Evidence.LIBRARY_ROOT, "");
    String where = StandingFailure.subjectOfWait(stage, classification.code(), host, "");
    Wait wait =
        new Wait(where, StandingFailure.subjectOfWait(stage, classification.code(), host, root));
    String what = "videos wait in " + stage.code() + " on " + host;
    standing.tell(
        Workflow.getInfo().getRunId(),
        List.of(
            new StandingFailure(
                wait.subject(),
                classification.about(
                    root.isEmpty() ? what : what + " for " + root, Reaction.STOP_QUEUE),
                evidence)),
        List.of());
    Set<Wait> waits = told.computeIfAbsent(stage, none -> new LinkedHashSet<>());
    boolean begins = waits.stream().map(Wait::where).noneMatch(where::equals);
    waits.add(wait);
    return begins;
  }

  /** A step of the stage has come to an outcome. */
  void overIn(FailureStage stage) {
    Set<Wait> over = told.remove(stage);
    if (over != null) {
      standing.tell(
          Workflow.getInfo().getRunId(), List.of(), over.stream().map(Wait::subject).toList());
    }
  }

  /** The video is at its end, whatever that is. */
  void ended() {
    List.copyOf(told.keySet()).forEach(this::overIn);
  }
}
