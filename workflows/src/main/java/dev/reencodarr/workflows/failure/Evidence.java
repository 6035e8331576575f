package dev.reencodarr.workflows.failure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was observed of a failure, before anybody judges it; the details of a failed activity.
 *
 * @param message one sentence, at most a few hundred characters
 * @param exitCode of the program; -1 where none ended with one
 * @param signal that ended it; 0 for none
 * @param command the command line as arguments; empty where no program was involved
 * @param output the first and last lines of its output, a few kB at most
 * @param context host, worker, zone, tool versions, free disk and memory, log file …; never a
 *     secret
 */
public record Evidence(
    EvidenceKind kind,
    String message,
    int exitCode,
    int signal,
    List<String> command,
    String output,
    Map<String, String> context) {

  /**
   * Key of the context: {@code true} where the kernel has counted an OOM kill during the step,
   * {@code false} where it has not; missing where it does not count.
   */
  public static final String OOM_KILL = "oom_kill";

  /**
   * Key of the context: {@code true} where the program wanted to run and hardly got a processor.
   */
  public static final String STARVED = "starved";

  /** In the context: the file that it is about, whose name must not be read as evidence. */
  public static final String SOURCE = "source";

  /** In the context of a mount that is gone: the root of the library that lies on it. */
  public static final String LIBRARY_ROOT = "library_root";

  /** In the context: in what a source is shorter than it says, where that was found out. */
  public static final String SHORT_SOURCE = "short_source";

  /**
   * In the context: what was being done in a library, {@link #RESERVE}, {@link #STAGE} or {@link
   * #FINALIZE}.
   */
  public static final String OPERATION = "operation";

  /** What was done: trying, before any work, whether a file can be replaced where it lies. */
  public static final String RESERVE = "reserve";

  /** What was done: bringing the result beside its source. */
  public static final String STAGE = "stage";

  /** What was done: the replacement itself. */
  public static final String FINALIZE = "finalize";

  /** Evidence about a file that needs no program. */
  public static Evidence ofFile(EvidenceKind kind, String source, String message) {
    return new Evidence(kind, message, -1, 0, List.of(), "", Map.of(SOURCE, source));
  }

  /** The same, with one more thing that is known of it. */
  public Evidence with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(context);
    more.put(key, value);
    return new Evidence(kind, message, exitCode, signal, command, output, Map.copyOf(more));
  }

  /** Evidence that needs no program: a kind and a sentence. */
  public static Evidence of(EvidenceKind kind, String message) {
    return new Evidence(kind, message, -1, 0, List.of(), "", Map.of());
  }
}
