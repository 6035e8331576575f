package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.starter.view.Figures;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a library out of use. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Takes a library out of use; its files and originals stay where they are.")
final class LibraryRemoveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "LIBRARY", description = "Its name, id or folder.")
  private String library = "";

  @Option(
      names = "--keep-quarantine",
      description = "Although originals are kept in it: they stay until they expire.")
  private boolean keepQuarantine;

  LibraryRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Register register = Register.of(connections, surroundings);
      Library found = register.require(library);
      refuseWhereOriginalsAreKept(connections.database(), found);
      register.remove(found);
      surroundings
          .out()
          .println("removed " + found.name() + "; the files of " + found.root() + " stay");
    }
    return ExitCode.DONE.code();
  }

  private void refuseWhereOriginalsAreKept(Database database, Library found) throws CommandFailed {
    List<Quarantined> kept = new ReplacementRepository(database).quarantinedIn(found.root());
    if (!keepQuarantine && !kept.isEmpty()) {
      throw CommandFailed.usage(
          found.name()
              + " keeps "
              + Figures.count(kept.size(), "file")
              + " ("
              + Figures.bytes(kept.stream().mapToLong(Quarantined::bytes).sum())
              + ") in quarantine: undo or accept them, or say --keep-quarantine");
    }
  }
}
