package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.failure.FailureCode;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries videos again that are settled, and lets parked ones go on. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Tries videos again that failed, were cancelled, left alone or put back; parked ones"
            + " (state waiting) go on.")
final class RetryCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  @Option(
      names = "--failed-with",
      paramLabel = "CODE",
      description = "All that failed with this code, such as EXIT_137.")
  private @Nullable String code;

  RetryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(code != null, "--library LIBRARY, --all or --failed-with CODE");
    requireKnownCode();
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      List<Orders.Scope> scopes = new ArrayList<>();
      int goOn = 0;
      for (Video video : chosen(connections)) {
        switch (video.state() == VideoState.WAITING
            ? goOn(database, connections.temporal(), video)
            : Parked.GONE) {
          case GOES_ON -> goOn++;
          case GONE -> requeue(database, video).ifPresent(scopes::add);
          case REFUSED -> {}
        }
      }
      if (!scopes.isEmpty()) {
        new Orders(database, connections.temporal()).place(scopes, Wishes.none(), false);
      }
      surroundings.out().println(Figures.count(scopes.size(), "video") + " ordered again");
      if (goOn > 0) {
        surroundings.out().println(Figures.count(goOn, "parked video") + " going on");
      }
    }
    return ExitCode.DONE.code();
  }

  private void requireKnownCode() throws CommandFailed {
    if (code != null && FailureCode.of(code).isEmpty()) {
      throw CommandFailed.usage(
          "there is no failure code %s; there are: %s"
              .formatted(
                  Printable.of(code),
                  Arrays.stream(FailureCode.values())
                      .map(known -> known == FailureCode.EXIT ? "EXIT_<n>" : known.name())
                      .collect(Collectors.joining(", "))));
    }
  }

  /** Of a library, or of all: those that failed or are parked. */
  private List<Video> chosen(Connections connections) throws CommandFailed {
    return code != null
        ? new VideoRepository(connections.database()).failedWith(code)
        : choice.chosen(
            connections,
            surroundings,
            state -> state == VideoState.FAILED || state == VideoState.WAITING);
  }

  /** What a parked video makes of the word to go on. */
  private enum Parked {
    GOES_ON,
    /** Its workflow is not there any more: somebody has ended it. */
    GONE,
    REFUSED
  }

  private Parked goOn(Database database, WorkflowClient temporal, Video video) {
    try {
      temporal
          .newUntypedWorkflowStub(WorkflowIds.video(video.id()))
          .update(VideoWorkflow.RETRY, Void.class);
      return Parked.GOES_ON;
    } catch (WorkflowNotFoundException e) {
      new VideoRepository(database).cancel(video.id(), "its workflow was ended from outside");
      new RequestRepository(database).settleStarted(video.id(), Outcome.cancelled());
      return Parked.GONE;
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      surroundings.say(
          Printable.of(video.path().value())
              + ": no worker answers for it; ./reencodarr status says more");
      return Parked.REFUSED;
    } catch (WorkflowUpdateException e) {
      surroundings.say(Printable.of(video.path().value()) + ": " + refusal(e));
      return Parked.REFUSED;
    }
  }

  private static String refusal(WorkflowUpdateException refused) {
    return refused.getCause() instanceof ApplicationFailure failure
        ? failure.getOriginalMessage()
        : "it is being worked on";
  }

  private Optional<Orders.Scope> requeue(Database database, Video video) {
    Optional<Library> library = new LibraryRepository(database).find(video.library());
    if (library.isEmpty()) {
      surroundings.say(Printable.of(video.path().value()) + ": its library was removed");
      return Optional.empty();
    }
    if (!new VideoRepository(database).requeue(video.id())) {
      surroundings.say(Printable.of(video.path().value()) + ": it is being worked on");
      return Optional.empty();
    }
    return Optional.of(new Orders.Scope(library.get(), video.path()));
  }
}
