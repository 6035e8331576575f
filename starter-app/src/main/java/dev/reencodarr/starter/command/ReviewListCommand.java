package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.HeldView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.media.PlainNumber;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists results that wait for a review. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the results that wait for approve or reject, the oldest first.")
final class ReviewListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--library",
      paramLabel = "LIBRARY",
      description = "Only of this library: its name, id or folder.")
  private @Nullable String library;

  @Mixin private FormatOption format = new FormatOption();

  ReviewListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      LibraryScope scope =
          library == null
              ? LibraryScope.all()
              : LibraryScope.of(Register.of(connections, surroundings).require(library).id());
      List<HeldView> views =
          new HeldResultRepository(connections.database())
              .waiting(scope).stream().map(HeldView::of).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(views));
      } else {
        print(views);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(List<HeldView> views) {
    if (views.isEmpty()) {
      surroundings.say("no result waits for a review");
      return;
    }
    Table table =
        new Table()
            .text("since")
            .figures("before")
            .figures("after")
            .figures("saved")
            .figures("CRF")
            .text("score")
            .text("of");
    long bytes = 0;
    for (HeldView view : views) {
      bytes += view.resultSize();
      table.row(
          LocalDate.ofInstant(view.heldSince(), ZoneId.systemDefault()).toString(),
          Figures.bytes(view.size()),
          Figures.bytes(view.resultSize()),
          Figures.savedPercent(view.size(), view.resultSize()),
          PlainNumber.text(view.crf()),
          view.metric() + " " + Figures.decimal(view.vmafScore(), 2),
          Printable.of(view.path()));
    }
    table.lines().forEach(surroundings.out()::println);
    surroundings.out().println("");
    surroundings.out().println("source and result side by side:");
    views.forEach(view -> surroundings.out().println("  " + view.sideBySide()));
    surroundings
        .out()
        .println(
            Figures.count(views.size(), "result")
                + ", "
                + Figures.bytes(bytes)
                + "; say ./reencodarr approve FILE or ./reencodarr reject FILE");
  }
}
