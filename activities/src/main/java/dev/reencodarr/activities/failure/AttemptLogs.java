package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.KeptLogs;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.temporal.Faults;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Sees to it that a failed attempt leaves the whole output of its programs: a log file, named by
 * its fault. An attempt that succeeds leaves nothing.
 */
public final class AttemptLogs {

  private final KeptLogs logs;
  private final String host;

  /**
   * @param host of this machine: where the logs are to be looked for
   */
  public AttemptLogs(KeptLogs logs, String host) {
    this.logs = logs;
    this.host = host;
  }

  /**
   * Begins a piece of work, to be closed when it has ended.
   *
   * @param step a word for it, as it stands in the log's name
   * @param film that it is about
   */
  public AttemptLog begin(String step, Path film) {
    return new AttemptLog(logs, step, film, host);
  }

  /**
   * A piece of work whose faults name the log.
   *
   * @param work is given what is to be told of its programs
   */
  public <T> T during(String step, Path film, Function<ProgramListener, T> work) {
    try (AttemptLog log = begin(step, film)) {
      try {
        return work.apply(log.programs());
      } catch (RuntimeException thrown) {
        RuntimeException told = Faults.evident(thrown);
        throw told instanceof ApplicationFailure fault ? log.kept(fault) : told;
      }
    }
  }
}
