package dev.reencodarr.activities.fleet;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Cancelling;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.activities.store.order.Resuming;
import dev.reencodarr.activities.store.order.Retrying;
import dev.reencodarr.workflows.fleet.FleetActivities;
import dev.reencodarr.workflows.fleet.FleetAnswer;
import dev.reencodarr.workflows.fleet.FleetWorkflow;
import dev.reencodarr.workflows.media.VideoState;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Says what operators say to many videos to each of them, as the command line does. */
public final class FleetControl implements FleetActivities {

  private static final int MANY = 1_000_000;

  private final Database database;
  private final WorkflowClient temporal;
  private final LibraryRepository libraries;
  private final PauseRepository pauses;

  public FleetControl(Database database, WorkflowClient temporal) {
    this.database = database;
    this.temporal = temporal;
    this.libraries = new LibraryRepository(database);
    this.pauses = new PauseRepository(database);
  }

  /**
   * What a word is for.
   *
   * @param library empty: all of them
   */
  private record Scope(Optional<Library> library) {

    String name() {
      return library.map(one -> "library " + one.name()).orElse(FleetWorkflow.EVERYTHING);
    }

    PauseScope ofPause() {
      return library
          .<PauseScope>map(one -> new PauseScope.OfLibrary(one.id()))
          .orElseGet(PauseScope.Everything::new);
    }
  }

  @Override
  public FleetAnswer pause(String scope, boolean freezes) {
    return within(
        scope,
        whole -> {
          pauses.pause(whole.ofPause(), freezes);
          return whole.name() + " paused; what runs is " + (freezes ? "frozen" : "finished first");
        });
  }

  @Override
  public FleetAnswer resume(String scope) {
    return within(
        scope,
        whole -> {
          int lifted =
              whole.library().isEmpty()
                  ? pauses.resumeAll()
                  : pauses.resume(whole.ofPause()) ? 1 : 0;
          Tally called = new Tally();
          Resuming resuming = new Resuming(temporal);
          videos(whole, Resuming::isFor).forEach(video -> called.note(resuming.call(video)));
          return "%s: %s lifted, %s called"
              .formatted(
                  whole.name(), count(lifted, "pause"), count(called.counted, "waiting video"));
        });
  }

  @Override
  public FleetAnswer cancel(String scope) {
    return within(
        scope,
        whole -> {
          Tally cancelled = new Tally();
          Cancelling cancelling = new Cancelling(database, temporal);
          videos(whole, Cancelling::isFor)
              .forEach(video -> cancelled.note(cancelling.cancel(video)));
          return "%s: %s cancelled%s"
              .formatted(whole.name(), count(cancelled.counted, "video"), cancelled.refusals());
        });
  }

  @Override
  public FleetAnswer retry(String scope) {
    return within(
        scope,
        whole -> {
          if (Activity.getExecutionContext().getInfo().getAttempt() > 1) {
            Orders orders = new Orders(database, temporal);
            whole.library().map(List::of).orElseGet(libraries::list).forEach(orders::tellAgain);
          }
          Tally answers = new Tally();
          Retrying.Retried retried =
              new Retrying(database, temporal).retry(videos(whole, Retrying::isFor), answers::note);
          return "%s: %s ordered again, %s going on%s"
              .formatted(
                  whole.name(),
                  count(retried.orderedAgain(), "video"),
                  count(retried.goingOn(), "parked video"),
                  answers.refusals());
        });
  }

  private FleetAnswer within(String scope, Function<Scope, String> word) {
    if (scope.strip().equalsIgnoreCase(FleetWorkflow.EVERYTHING)) {
      return new FleetAnswer.Done(word.apply(new Scope(Optional.empty())));
    }
    Optional<Library> library = libraries.named(scope.strip());
    return library.isPresent()
        ? new FleetAnswer.Done(word.apply(new Scope(library)))
        : new FleetAnswer.Refused("there is no library " + scope.strip() + known());
  }

  private String known() {
    List<String> names = libraries.list().stream().map(Library::name).toList();
    return names.isEmpty() ? "" : "; the libraries are " + String.join(", ", names);
  }

  private List<Video> videos(Scope scope, Predicate<VideoState> states) {
    return new VideoRepository(database)
        .list(
            states,
            new VideoRepository.Filter(Optional.empty(), scope.library().map(Library::id), MANY));
  }

  /** Counts answers, and shows with each that the work goes on. */
  private static final class Tally {
    private int counted = 0;
    private int refused = 0;
    private String first = "";

    private void note(Answer answer) {
      Activity.getExecutionContext().heartbeat(counted + refused);
      answer
          .refusal()
          .ifPresentOrElse(
              why -> {
                first = first.isEmpty() ? answer.video().path() + ": " + why : first;
                refused++;
              },
              () -> counted++);
    }

    private String refusals() {
      return refused == 0 ? "" : "; " + count(refused, "refusal") + ", the first: " + first;
    }
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
