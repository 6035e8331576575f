package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Cancelling;
import dev.reencodarr.starter.view.Figures;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a library out of use. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description =
        "Takes a library out of use and cancels what is at work there; its files and originals stay"
            + " where they are.")
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
      // First, so that nothing is begun there behind our back.
      register.remove(found);
      surroundings
          .out()
          .println("removed " + found.name() + "; the files of " + found.root() + " stay");
      cancel(connections, found);
    }
    return ExitCode.DONE.code();
  }

  /** Whatever is at work there would find at its swap only that nothing is begun there any more. */
  private void cancel(Connections connections, Library removed) throws CommandFailed {
    List<Video> unended = new VideoRepository(connections.database()).unended(removed.id());
    if (unended.isEmpty()) {
      return;
    }
    Optional<WorkflowClient> temporal = connections.temporalIfThere();
    if (temporal.isEmpty()) {
      surroundings.say(
          "Temporal does not answer: what is at work there ends when it would change a file");
      return;
    }
    Cancelling cancelling = new Cancelling(connections.database(), temporal.get());
    long cancelled = unended.stream().map(cancelling::cancel).filter(Answer::counts).count();
    surroundings.say(
        Figures.count(cancelled, "video")
            + " of it cancelled; a swap that has begun is brought to its end");
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
