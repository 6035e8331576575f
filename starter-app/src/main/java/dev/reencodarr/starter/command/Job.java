package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.RequestNote;
import dev.reencodarr.activities.store.RequestProgress;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.LiveProgress;
import dev.reencodarr.starter.view.OutcomeReport;
import dev.reencodarr.starter.view.OutcomeView;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.TallyReport;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.plan.Wishes;
import io.temporal.client.WorkflowClient;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** An order that is followed to its end, with its progress and what came of it. */
final class Job {

  private static final int NOTES = 20;

  private final Surroundings surroundings;
  private final Connections connections;
  private final Database database;
  private final WorkflowClient temporal;

  Job(Surroundings surroundings, Connections connections) throws CommandFailed {
    this.surroundings = surroundings;
    this.connections = connections;
    this.database = connections.database();
    this.temporal = connections.temporal();
  }

  /** Orders the work, shows its progress, prints what came of it. */
  ExitCode run(List<Orders.Scope> scopes, Wishes wishes, boolean dryRun, boolean json)
      throws InterruptedException {
    List<WorkRequest> orders = new Orders(database, temporal).place(scopes, wishes, dryRun);
    Watch watch = watch();
    watch.untilDone(orders);
    List<RequestedVideo> videos = watch.outcomes(orders);
    OutcomeReport report = new OutcomeReport(videos);
    if (json) {
      surroundings.out().println(Json.of(videos.stream().map(OutcomeView::of).toList()));
    } else {
      report.lines().forEach(surroundings.out()::println);
      tellOfOriginals(scopes, report);
    }
    boolean whole = tellOfOrders(orders);
    return whole && report.failed() == 0 && report.parked() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Watch watch() {
    return new Watch(
        database, temporal, new LiveProgress(surroundings.err(), surroundings.terminal()));
  }

  /** Orders the work and shows its progress; what came of each video is the caller's to tell. */
  List<RequestedVideo> follow(List<Orders.Scope> scopes, Wishes wishes)
      throws InterruptedException {
    List<WorkRequest> orders = new Orders(database, temporal).place(scopes, wishes, false);
    Watch watch = watch();
    watch.untilDone(orders);
    return watch.outcomes(orders);
  }

  /** Has files looked at and their facts kept; nothing is started. */
  void look(List<Orders.Scope> scopes) throws InterruptedException {
    List<WorkRequest> orders = new Orders(database, temporal).place(scopes, Wishes.none(), true);
    watch().untilDone(orders);
  }

  private void tellOfOriginals(List<Orders.Scope> scopes, OutcomeReport report) {
    if (report.replaced() == 0) {
      return;
    }
    surroundings
        .out()
        .println(
            Figures.count(report.replaced(), "original")
                + " ("
                + Figures.bytes(report.quarantinedBytes())
                + ") kept in:");
    scopes.stream()
        .map(Orders.Scope::library)
        .distinct()
        .map(Library::root)
        .forEach(root -> surroundings.out().println("  " + root + "/.reencodarr/quarantine"));
    int days = connections.settings().limits().quarantineDays();
    surroundings
        .out()
        .println(
            Figures.bytes(report.quarantinedBytes())
                + " freed on "
                + LocalDate.now(ZoneId.systemDefault()).plusDays(days)
                + "; ./reencodarr quarantine accept FILE frees them now.");
    surroundings.out().println("Put one back with: ./reencodarr undo FILE");
  }

  /** Says what the walks left alone; false if an order failed as a whole. */
  private boolean tellOfOrders(List<WorkRequest> orders) {
    RequestRepository requests = new RequestRepository(database);
    boolean whole = true;
    for (WorkRequest order : orders) {
      Optional<RequestProgress> progress = requests.progress(order.id());
      progress
          .flatMap(RequestProgress::tally)
          .ifPresent(tally -> TallyReport.lines(tally).forEach(surroundings::say));
      for (RequestNote note : requests.notes(order.id(), NOTES)) {
        surroundings.say("  " + Printable.of(note.path()) + ": " + Printable.of(note.note()));
      }
      // What was asked for by its name and is left alone is no success.
      whole &= !requests.leftAloneByName(order.id());
      Optional<String> failure = progress.flatMap(RequestProgress::failure);
      if (failure.isPresent()) {
        whole = false;
        surroundings.say("reencodarr: " + order.root() + ": " + failure.get());
      }
    }
    return whole;
  }
}
