package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.DetachedJob.State;
import dev.reencodarr.activities.process.FreeResources;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.NoSpace;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Builds the evidence of encodes that did not come to their end. */
final class EncodeFaults {

  static final int EXCERPT_CHARACTERS = 6000;
  private static final long DISK_FULL_BELOW = 64L << 20;

  private final Machine machine;
  private final InstalledTools installed;

  EncodeFaults(Machine machine, InstalledTools installed) {
    this.machine = machine;
    this.installed = installed;
  }

  /**
   * How the program of a job ended.
   *
   * @param exitCode -1 where a signal ended it, or nobody knows
   * @param signal 0 for none
   */
  record Exit(int exitCode, int signal) {

    static final Exit UNKNOWN = new Exit(-1, 0);

    static Exit of(State.Ended ended) {
      return new Exit(ended.signal() > 0 ? -1 : ended.exitCode(), ended.signal());
    }

    String text() {
      return signal > 0 ? "signal " + signal : "exit code " + exitCode;
    }
  }

  /** The worker stops, or has lost contact; what runs may run still, on this host. */
  ApplicationFailure restarted(String why) {
    return of(EvidenceKind.WORKER_RESTARTED, why);
  }

  /** A fault without a program. */
  ApplicationFailure of(EvidenceKind kind, String message) {
    return Faults.of(new Evidence(kind, message, -1, 0, List.of(), "", context()));
  }

  /** A file could not be read or written: the worker's own, or whatever the system says. */
  ApplicationFailure ofFile(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    EvidenceKind kind =
        NoSpace.isSaidBy(failure)
            ? EvidenceKind.DISK_FULL
            : machine.isToBlameFor(failure) ? EvidenceKind.WORK_FOLDER : EvidenceKind.FILE_ACCESS;
    ApplicationFailure fault = of(kind, failure.getClass().getSimpleName() + ": " + message);
    fault.addSuppressed(failure);
    return fault;
  }

  /** A bound step before the encode failed. */
  ApplicationFailure ofStep(List<String> command, ProgramEnd end) {
    Exit exit = new Exit(end.exitCode(), end.signal());
    EvidenceKind ended = end.timedOut() ? EvidenceKind.TIME_LIMIT : EvidenceKind.PROCESS_EXIT;
    return Faults.of(
        new Evidence(
            isFull() ? EvidenceKind.DISK_FULL : ended,
            "preparing the encode ended with " + exit.text(),
            exit.exitCode(),
            exit.signal(),
            command,
            end.stderr(),
            context()));
  }

  /**
   * A job that came to nothing; its folder is still there. Where only its own words tell of a full
   * disk, the table reads them: a film may be titled so.
   *
   * @param source that it is about
   * @param found what else was found out, for the context
   */
  Evidence ofJob(
      EvidenceKind kind,
      String message,
      Exit exit,
      List<String> command,
      JobFolder folder,
      Path source,
      Map<String, String> found)
      throws IOException {
    String output = folder.logExcerpt(EXCERPT_CHARACTERS);
    Map<String, String> context = context();
    context.put("job", folder.name());
    context.put(Evidence.SOURCE, source.toString());
    context.putAll(found);
    EvidenceKind seen =
        kind == EvidenceKind.PROCESS_EXIT && isFull() ? EvidenceKind.DISK_FULL : kind;
    return new Evidence(seen, message, exit.exitCode(), exit.signal(), command, output, context);
  }

  /** Whether the work folder's disk is full, as measured. */
  private boolean isFull() {
    OptionalLong free = FreeResources.diskBytes(machine.workFolder());
    return free.isPresent() && free.getAsLong() < DISK_FULL_BELOW;
  }

  private Map<String, String> context() {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("host", machine.host());
    context.put("zone", machine.zone());
    context.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    context.put("java", System.getProperty("java.version"));
    installed
        .known()
        .ifPresent(versions -> {
          context.put("ab_av1", versions.abAv1());
          context.put("ffmpeg", versions.ffmpeg());
          context.put("ffprobe", versions.ffprobe());
        });
    FreeResources.diskBytes(machine.workFolder())
        .ifPresent(bytes -> context.put("free_disk_bytes", Long.toString(bytes)));
    FreeResources.memoryBytes()
        .ifPresent(bytes -> context.put("free_memory_bytes", Long.toString(bytes)));
    return context;
  }
}
