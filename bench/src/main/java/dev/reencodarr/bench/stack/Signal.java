package dev.reencodarr.bench.stack;

import dev.reencodarr.starter.process.ProcessId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals that Java does not send. */
public enum Signal {
  /** Holds a process. */
  STOP,
  /** Lets it go on. */
  CONT;

  /** Sends it to those that are still there. */
  public void to(List<ProcessId> processes) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name()));
    processes.stream()
        .filter(ProcessId::isAlive)
        .forEach(each -> command.add(Long.toString(each.pid())));
    if (command.size() > 2) {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
