package dev.reencodarr.bench.webhooks;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.HomeProcesses;
import dev.reencodarr.bench.stack.Signal;
import dev.reencodarr.starter.process.ProcessId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A server is killed with all that it has started, and is away for seconds: the supervisor, which
 * would start it again at once, is held meanwhile.
 */
final class Outage {

  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(2);

  private final HomeProcesses processes;

  Outage(HomeProcesses processes) {
    this.processes = processes;
  }

  /** Returns when the supervisor starts it again. */
  void of(String member) throws NoFigure, IOException, InterruptedException {
    ProcessId supervisor =
        processes.supervisor().orElseThrow(() -> new NoFigure("the stack has gone"));
    Signal.STOP.to(List.of(supervisor));
    try {
      List<ProcessId> all = processes.tree(member);
      if (all.isEmpty()) {
        throw new NoFigure("there is no " + member + " to be killed");
      }
      all.forEach(each -> each.handle().ifPresent(ProcessHandle::destroyForcibly));
      for (ProcessId each : all) {
        if (!each.awaitEnd(END)) {
          throw new NoFigure(member + " could not be killed");
        }
      }
      Thread.sleep(AWAY);
    } finally {
      Signal.CONT.to(List.of(supervisor));
    }
  }
}
