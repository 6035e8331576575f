package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the libraries. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the libraries.")
final class LibraryListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  LibraryListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** A library in JSON. */
  private record LibraryView(
      String id, String name, String path, String zone, boolean readOnly, String createdAt) {

    static LibraryView of(Library library) {
      return new LibraryView(
          library.id().toString(),
          library.name(),
          library.root().value(),
          library.zone(),
          library.readOnly(),
          library.createdAt().toString());
    }
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      List<LibraryView> libraries =
          new LibraryRepository(connections.database())
              .list().stream().map(LibraryView::of).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(libraries));
      } else if (libraries.isEmpty()) {
        surroundings.say("no library yet; add one with: ./reencodarr library add PATH");
      } else {
        Table table = new Table().text("name").text("folder").text("zone").text("");
        libraries.forEach(library ->
            table.row(
                library.name(),
                library.path(),
                library.zone(),
                library.readOnly() ? "for results elsewhere only" : ""));
        table.lines().forEach(surroundings.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }
}
