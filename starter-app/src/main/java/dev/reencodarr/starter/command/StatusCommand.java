package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.forecast.Outlook;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.starter.view.ConnectionView;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.OutlookView;
import dev.reencodarr.starter.view.PauseView;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.StatusView;
import dev.reencodarr.starter.view.WatchingView;
import dev.reencodarr.starter.view.WebhookView;
import dev.reencodarr.workflows.plan.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where the stack is reached, who works, how many videos are in which state. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the stack, its workers and the videos by state.")
final class StatusCommand implements Callable<Integer> {

  private static final int JANITOR_LINES = 5;

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      Settings.Connections addresses = connections.settings().connections();
      List<LivingWorker> workers = new WorkerRepository(database).living(WorkerRepository.FRESH);
      Outlook outlook = new Outlook(database, connections.rules());
      StatusView status =
          new StatusView(
              addresses.temporalAddress().orElse(""),
              addresses.temporalUi().orElse(""),
              addresses.databaseUrl().orElse(""),
              workers.stream().map(StatusView.WorkerView::of).toList(),
              StatusView.byState(new VideoRepository(database).countsByState()),
              OutlookView.of(
                  outlook.forecast(LibraryScope.all()),
                  outlook.unanalysed(LibraryScope.all()),
                  workers),
              new FailureReporting(database).countCriticalFailures(FailureReporting.LOOK_DAYS),
              new PauseRepository(database).list().stream().map(PauseView::of).toList(),
              StatusView.ReviewView.of(new HeldResultRepository(database).tally()),
              new MediaServerRepository(database).states().stream().map(WatchingView::of).toList(),
              new ConnectionRepository(database)
                  .list().stream().map(new ConnectionViews(database)::of).toList(),
              new WebhookEndpointRepository(database)
                  .living().stream().map(WebhookView::of).toList(),
              new JanitorRepository(database).latest().map(StatusView.JanitorView::of));
      if (format.isJson()) {
        surroundings.out().println(Json.of(status));
      } else {
        print(status);
      }
      // What is known is shown all the same.
      connections.requireTemporal();
    }
    return ExitCode.DONE.code();
  }

  private void print(StatusView status) {
    surroundings.out().println("Temporal    " + status.temporalAddress());
    surroundings.out().println("Web UI      " + status.temporalUi());
    surroundings.out().println("PostgreSQL  " + status.databaseUrl());
    if (status.workers().isEmpty()) {
      surroundings.out().println("workers     none has reported itself in the last minute");
    }
    for (StatusView.WorkerView worker : status.workers()) {
      surroundings
          .out()
          .println(
              "worker      "
                  + worker.host()
                  + " (zone "
                  + worker.zone()
                  + "): "
                  + String.join(", ", worker.queues()));
      if (!worker.held().isEmpty()) {
        surroundings.out().println("  HELD      " + Printable.of(worker.held()));
      }
      if (!worker.paused().isEmpty() && !worker.reason().equals(worker.held())) {
        surroundings
            .out()
            .println("  PAUSED    " + String.join(", ", worker.paused()) + ": " + worker.reason());
      }
    }
    if (status.criticalFailures() > 0) {
      surroundings
          .out()
          .println(
              "CRITICAL    "
                  + Figures.count(status.criticalFailures(), "failure")
                  + ", since yesterday or still standing: ./reencodarr failures critical");
    }
    for (PauseView pause : status.pauses()) {
      surroundings.out().println("PAUSED      " + pause.line());
    }
    if (status.review().held() > 0) {
      surroundings
          .out()
          .println(
              "REVIEW      "
                  + Figures.count(status.review().held(), "result")
                  + " ("
                  + Figures.bytes(status.review().heldBytes())
                  + ") waiting for your word: ./reencodarr review list");
    }
    for (WatchingView server : status.watching()) {
      surroundings.out().println("watching    " + server.line());
    }
    for (ConnectionView connection : status.sync()) {
      surroundings.out().println("sync        " + connection.line());
    }
    for (WebhookView webhook : status.webhooks()) {
      surroundings.out().println("webhooks    " + webhook.line());
    }
    status.janitor().ifPresent(this::print);
    List<String> counts =
        status.videosByState().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .toList();
    long all = status.videosByState().values().stream().mapToLong(Long::longValue).sum();
    surroundings
        .out()
        .println(
            Figures.count(all, "video")
                + (counts.isEmpty() ? "" : ": " + String.join(", ", counts)));
    surroundings.out().println(status.outlook().line());
    status.outlook().remarks().forEach(surroundings.out()::println);
  }

  private void print(StatusView.JanitorView janitor) {
    surroundings
        .out()
        .println(
            "janitor     "
                + Figures.minute(janitor.endedAt())
                + ": "
                + (janitor.findings() == 0
                    ? "nothing to set right"
                    : Figures.count(janitor.findings(), "finding")));
    janitor.lines().stream()
        .limit(JANITOR_LINES)
        .forEach(line -> surroundings.out().println("  " + Printable.of(line)));
  }
}
