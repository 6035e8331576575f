package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.KeptLogs;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramLog;
import dev.reencodarr.activities.process.SecretMask;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The log of one piece of work: a file if it fails, nothing if it does not. */
public final class AttemptLog implements AutoCloseable {

  /** Where the log lies, in the context of evidence. */
  public static final String LOG = "log";

  /** Why there is none. */
  public static final String LOG_LOST = "log_lost";

  private final ProgramLog programs;
  private final KeptLogs logs;
  private final String step;
  private final Path film;
  private final String host;
  private final Instant began = Instant.now();

  AttemptLog(KeptLogs logs, String step, Path film, String host) {
    this.programs = new ProgramLog(logs.folder());
    this.logs = logs;
    this.step = step;
    this.film = film;
    this.host = host;
  }

  /** To be told of every program that this piece of work runs. */
  public ProgramListener programs() {
    return programs;
  }

  /**
   * The fault, with the place of the log that was written now. A log that cannot be written changes
   * nothing of the fault: that it is missing is said instead. What has no program behind it, has a
   * log already, or is no more than a worker's stop, stays as it is.
   */
  public ApplicationFailure kept(ApplicationFailure fault) {
    boolean stopped = EvidenceKind.WORKER_RESTARTED.name().equals(fault.getType());
    boolean wantsOne =
        Faults.evidence(fault).filter(seen -> !seen.context().containsKey(LOG)).isPresent();
    return wantsOne && !stopped && programs.hasSomething() ? Faults.knowing(fault, write()) : fault;
  }

  private Map<String, String> write() {
    try {
      Path log = logs.create(film, step, Instant.now());
      write(log);
      return Map.of("host", host, LOG, log.toString());
    } catch (IOException e) {
      return Map.of("host", host, LOG_LOST, e.toString());
    }
  }

  private void write(Path log) throws IOException {
    try (Writer writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      writer.write("file     " + SecretMask.of(film.toString().replaceAll("\\p{Cntrl}", "?")));
      writer.write("\nbegan    " + began + "\n");
      programs.writeTo(writer);
    } catch (IOException e) {
      // Half a log would be taken for a whole one.
      Files.deleteIfExists(log);
      throw e;
    }
  }

  @Override
  public void close() {
    programs.close();
  }
}
