package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Orders videos again that are settled, and lets parked ones go on. */
public final class Retrying {

  private final Database database;
  private final WorkflowClient temporal;

  public Retrying(Database database, WorkflowClient temporal) {
    this.database = database;
    this.temporal = temporal;
  }

  /** Whether a video in this state is meant where none is named: it failed, or is parked. */
  public static boolean isFor(VideoState state) {
    return state == VideoState.FAILED || state == VideoState.WAITING;
  }

  /** How many there were of each. */
  public record Retried(int orderedAgain, int goingOn) {}

  /**
   * Retries them.
   *
   * @param answers is given the answer of each, as they come
   */
  public Retried retry(List<Video> videos, Consumer<Answer> answers) {
    List<Video> settled = new ArrayList<>();
    int goingOn = 0;
    for (Video video : videos) {
      Optional<Answer> answer =
          video.state() == VideoState.WAITING ? goOn(video) : Optional.empty();
      answer.ifPresentOrElse(answers, () -> settled.add(video));
      goingOn += answer.filter(Answer::counts).isPresent() ? 1 : 0;
    }
    return new Retried(orderAgain(settled, answers), goingOn);
  }

  /** What a parked video says to it; empty where its workflow is not there any more. */
  private Optional<Answer> goOn(Video video) {
    try {
      temporal
          .newUntypedWorkflowStub(WorkflowIds.video(video.id()))
          .update(VideoWorkflow.RETRY, Void.class);
      return Optional.of(Answer.yes(video));
    } catch (WorkflowNotFoundException e) {
      new VideoRepository(database).cancel(video.id(), "its workflow was ended from outside");
      new RequestRepository(database).settleStarted(video.id(), Outcome.cancelled());
      return Optional.empty();
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      return Optional.of(
          Answer.no(video, "no worker answers for it; ./reencodarr status says more"));
    } catch (WorkflowUpdateException e) {
      return Optional.of(Answer.no(video, refusal(e)));
    }
  }

  private static String refusal(WorkflowUpdateException refused) {
    return refused.getCause() instanceof ApplicationFailure failure
        ? failure.getOriginalMessage()
        : "it is being worked on";
  }

  /** In one transaction, so that none is taken from where it stands without being ordered. */
  private int orderAgain(List<Video> settled, Consumer<Answer> answers) {
    Orders orders = new Orders(database, temporal);
    List<Answer> said = new ArrayList<>();
    List<Orders.Written> written =
        Objects.requireNonNull(
            database
                .transactions()
                .execute(_ -> {
                  List<Orders.Scope> scopes = new ArrayList<>();
                  settled.forEach(video -> said.add(requeue(video, scopes)));
                  return orders.write(scopes, Wishes.none(), false);
                }));
    written.forEach(orders::tell);
    said.forEach(answers);
    return Math.toIntExact(said.stream().filter(Answer::counts).count());
  }

  private Answer requeue(Video video, List<Orders.Scope> scopes) {
    Optional<Library> library = new LibraryRepository(database).find(video.library());
    if (library.isEmpty()) {
      return Answer.no(video, "its library was removed");
    }
    if (!new VideoRepository(database).requeue(video.id())) {
      return Answer.no(video, "it is being worked on");
    }
    if (video.skipReason().filter(SkipReason.IMPORTED_AGAIN::equals).isPresent()) {
      new FileTellingRepository(database).forgive(video.id());
    }
    scopes.add(new Orders.Scope(library.get(), video.path()));
    return Answer.yes(video);
  }
}
