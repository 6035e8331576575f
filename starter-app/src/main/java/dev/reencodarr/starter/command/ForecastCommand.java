package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.forecast.Outlook;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.ForecastView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.OutlookView;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.forecast.Basis;
import dev.reencodarr.workflows.forecast.Candidate;
import dev.reencodarr.workflows.forecast.Deal;
import dev.reencodarr.workflows.forecast.Forecast;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is still to be saved, and by which videos, before anything is encoded. */
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = {
      "Says how much is still to be saved and how long it takes, with 80 %% ranges, and lists the"
          + " videos that save most for each hour of CPU time, before anything is encoded."
    })
final class ForecastCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--library", description = "Only videos of this library.")
  private @Nullable String library;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "First search so many videos that were not measured yet, where that sharpens the forecast"
              + " the most. Nothing is encoded; what is measured is kept for the encode.")
  private int sample = 0;

  @Option(names = "--limit", description = "List at most so many videos (${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private FormatOption format = new FormatOption();

  ForecastCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (limit < 0) {
      throw CommandFailed.usage("--limit must be at least 0");
    }
    if (sample < 0) {
      throw CommandFailed.usage("--sample must be at least 0");
    }
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      Outlook outlook = new Outlook(database, connections.rules());
      LibraryScope scope =
          library == null
              ? LibraryScope.all()
              : LibraryScope.of(Register.of(connections, surroundings).require(library).id());
      boolean measured = sample == 0 || measure(connections, outlook.sample(scope, sample));
      Forecast forecast = outlook.forecast(scope);
      OutlookView view =
          OutlookView.of(
              forecast,
              outlook.unanalysed(scope),
              new WorkerRepository(database).living(WorkerRepository.FRESH));
      List<Deal> listed = forecast.deals().stream().limit(limit).toList();
      if (format.isJson()) {
        surroundings
            .out()
            .println(
                Json.of(
                    new ForecastView(
                        view, listed.stream().map(ForecastView.DealView::of).toList())));
      } else {
        print(view, listed);
      }
      return (measured ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  /** Returns whether all that was to be measured could be. */
  private boolean measure(Connections connections, List<Candidate> chosen)
      throws CommandFailed, InterruptedException {
    if (chosen.isEmpty()) {
      surroundings.say("every video that is still to be done was measured, or is not known yet");
      return true;
    }
    Register register = Register.of(connections, surroundings);
    List<Orders.Scope> scopes = new ArrayList<>();
    for (Candidate candidate : chosen) {
      Library home =
          register
              .covering(candidate.path())
              .orElseThrow(() -> CommandFailed.usage(candidate.path() + " lies in no library"));
      scopes.add(new Orders.Scope(home, candidate.path()));
    }
    surroundings.say("measuring " + Figures.count(scopes.size(), "video"));
    List<RequestedVideo> ended =
        new Job(surroundings, connections).follow(scopes, Wishes.toMeasure());
    for (RequestedVideo video : ended) {
      surroundings.say(
          "  "
              + Printable.of(video.video().path().value())
              + ": "
              + Printable.of(
                  video.outcome().map(Outcome::text).orElseGet(() -> video.video().detail())));
    }
    return ended.stream()
        .allMatch(video ->
            video
                .outcome()
                .filter(outcome -> outcome.result() != Outcome.Result.FAILED)
                .isPresent());
  }

  private void print(OutlookView view, List<Deal> deals) {
    surroundings.out().println(view.line());
    view.remarks().forEach(surroundings.out()::println);
    if (view.videos() == 0 && view.unanalysed() == 0) {
      surroundings
          .out()
          .println(
              "Files that no scan has found are not known:"
                  + " ./reencodarr library scan --dry-run looks for them.");
    }
    if (deals.isEmpty()) {
      return;
    }
    Table table =
        new Table()
            .figures("a CPU hour")
            .figures("saves")
            .figures("80 %")
            .figures("of")
            .figures("CPU hours")
            .text("known by")
            .text("path");
    for (Deal deal : deals) {
      table.row(
          Figures.bytes(Math.round(deal.savedPerCpuHour())),
          Figures.bytes(Math.round(deal.savedBytes())),
          Figures.bytes(Math.round(deal.saved().low()))
              + " to "
              + Figures.bytes(Math.round(deal.saved().high())),
          Figures.bytes(deal.bytes()),
          Figures.decimal(deal.cpuSeconds() / 3600, 2),
          words(deal.basis()),
          deal.path());
    }
    surroundings.out().println();
    table.lines().forEach(surroundings.out()::println);
  }

  private static String words(Basis basis) {
    return switch (basis) {
      case MEASURED -> "its own points";
      case SIBLINGS -> "its siblings";
      case SIMILAR -> "similar videos";
      case FACTS -> "facts alone";
    };
  }
}
