package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.broken.RedownloadWorkflow;
import dev.reencodarr.workflows.temporal.RedownloadStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts broken files back that were set aside. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Puts a broken file back to its place that is kept while another copy is got.")
final class BrokenRestoreCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "VIDEO", description = "Ids or paths of files.")
  private List<String> typed = List.of();

  BrokenRestoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    int refused = 0;
    try (Connections connections = Connections.of(surroundings)) {
      BrokenSourceRepository sources = new BrokenSourceRepository(connections.database());
      for (Video video :
          new VideoLookup(connections.database(), surroundings.workingFolder()).requireAll(typed)) {
        List<BrokenSource> kept = sources.beingGot(video.id());
        if (kept.isEmpty()) {
          surroundings.sayRefusal(video.path() + ": nothing of it is kept, and nothing ordered");
          refused++;
        }
        for (BrokenSource source : kept) {
          putBack(connections.temporal(), order(connections, source));
          surroundings.out().println(source.path() + " is being put back");
        }
      }
    }
    return (refused == 0 ? ExitCode.DONE : ExitCode.USAGE).code();
  }

  private static RedownloadOrder order(Connections connections, BrokenSource source)
      throws CommandFailed {
    String zone =
        new LibraryRepository(connections.database())
            .aroundEvenRemoved(source.path())
            .map(Library::zone)
            .orElseThrow(() -> CommandFailed.usage(source.path() + " lies in no library"));
    return new RedownloadOrder(source.id(), zone);
  }

  /** Also where its workflow was ended from outside. */
  private static void putBack(WorkflowClient client, RedownloadOrder order) {
    RedownloadWorkflow redownload =
        client.newWorkflowStub(RedownloadWorkflow.class, RedownloadStart.options(order.source()));
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(redownload::putBack);
    batch.add(redownload::run, order);
    client.signalWithStart(batch);
  }
}
