package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the connections of a video: rescan the title, see whether the file is known as it is, have
 * it renamed where the naming asks for that, compare. That a command has come to its end says
 * nothing; only what the connection then has of the file does. What fails is a failure on record of
 * the connection and never one of the video, whose file is good.
 */
final class FileTeller {

  /** A scan that had come past the file before it was replaced does not see it. */
  private static final int SCANS = 3;

  /** Another command is over by then, most of the time. */
  private static final Duration TURN = Duration.ofSeconds(20);

  private static final int TURNS = 90;
  private static final String BUSY = "is busy with other commands";

  private final TellOrder order;
  private final FileTellActivities tell;
  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());

  FileTeller(TellOrder order) {
    this.order = order;
    this.tell =
        Workflow.newActivityStub(
            FileTellActivities.class, ActivityTimings.tellingOfFile(order.zone()));
  }

  /** One round. */
  TellProgress round() {
    int told = 0;
    int left = 0;
    String problem = "";
    for (FileTelling telling : tell.open(order.video())) {
      String failure = tell(telling);
      if (failure.isEmpty()) {
        told++;
      } else {
        left++;
        problem = telling.connection() + ": " + failure;
      }
    }
    return new TellProgress(told, left, 0, problem);
  }

  /** Tells one; what went wrong, empty where nothing did. */
  private String tell(FileTelling telling) {
    List<StandingFailure> failing = new ArrayList<>();
    List<String> working = new ArrayList<>();
    String problem;
    try {
      problem = steps(telling);
      working.add(connection(telling));
      if (problem.isEmpty()) {
        working.add(subject(telling));
      } else {
        failing.add(standing(telling, problem));
      }
    } catch (ActivityFailure failure) {
      if (FailureReading.isCancellation(failure)) {
        throw failure;
      }
      Evidence evidence = FailureReading.of(failure);
      Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
      problem = evidence.message();
      failing.add(
          new StandingFailure(
              connection(telling),
              why.about("telling " + telling.connection(), why.reaction()),
              evidence));
    }
    if (!problem.isEmpty()) {
      tell.failed(telling, problem);
    }
    failures.tell(Workflow.getInfo().getRunId(), failing, working);
    return problem;
  }

  /** What stands in the way of telling a connection of anything: one for all videos. */
  private static String connection(FileTelling telling) {
    return "tell/" + telling.connection();
  }

  private String subject(FileTelling telling) {
    return WorkflowIds.tell(order.video()) + "/" + telling.connection();
  }

  private StandingFailure standing(FileTelling telling, String problem) {
    Evidence evidence = Evidence.of(telling.kind().evidence(), problem);
    Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
    return new StandingFailure(
        subject(telling), why.about("telling " + telling.connection(), why.reaction()), evidence);
  }

  private String steps(FileTelling telling) {
    FileStanding standing = tell.record(telling);
    for (int scan = 0; scan < SCANS && isToBeScanned(standing); scan++) {
      if (inTurn(() -> tell.rescan(telling)) == CommandEnd.BUSY) {
        return BUSY;
      }
      standing = tell.look(telling);
    }
    return switch (standing) {
      case AS_IT_IS -> {
        if (inTurn(() -> tell.rename(telling)) == CommandEnd.BUSY) {
          yield BUSY;
        }
        tell.settle(telling);
        yield "";
      }
      case NOT_MANAGED -> {
        tell.drop(telling);
        yield "";
      }
      case OUTDATED -> "has looked through the folder and still has the file as it was";
      case UNKNOWN -> "has looked through the folder and does not know the file";
    };
  }

  private static boolean isToBeScanned(FileStanding standing) {
    return standing == FileStanding.OUTDATED || standing == FileStanding.UNKNOWN;
  }

  /** Gives a command as soon as no other one is at work. */
  private static CommandEnd inTurn(Functions.Func<CommandEnd> command) {
    CommandEnd end = command.apply();
    for (int turn = 0; turn < TURNS && end == CommandEnd.BUSY; turn++) {
      Workflow.sleep(TURN);
      end = command.apply();
    }
    return end;
  }
}
