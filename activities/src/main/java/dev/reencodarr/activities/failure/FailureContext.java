package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureTable;

/** What a row tells of the circumstances of a failure, without secrets. */
final class FailureContext {

  /** The first and last lines of an output are a few kB; more is somebody's mistake. */
  private static final int OUTPUT_LIMIT = 8 * 1024;

  private final Machine recorder;

  /**
   * @param recorder of whoever writes the row
   */
  FailureContext(Machine recorder) {
    this.recorder = recorder;
  }

  /** The circumstances, to which more may be added. */
  ObjectNode of(Classification judged, Evidence seen) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    seen.context().forEach((key, value) -> context.put(clean(key), clean(named(key, value))));
    context.put("evidence", seen.kind().name());
    context.put("evidence_message", clean(seen.message()));
    context.put("reaction", judged.reaction().name());
    putProgram(context, seen);
    // A lost worker witnesses nothing: then this at least is known.
    ObjectNode by = context.putObject("recorded_by");
    by.put("host", recorder.host());
    by.put("zone", recorder.zone());
    by.put("os", Runtimes.os());
    by.put("java_version", Runtimes.java());
    return context;
  }

  private static void putProgram(ObjectNode context, Evidence seen) {
    if (seen.exitCode() >= 0) {
      context.put("exit_code", seen.exitCode());
    }
    if (seen.signal() > 0) {
      context.put("signal", seen.signal());
    }
    FailureTable.ffmpegExit(seen).ifPresent(code -> context.put("ffmpeg_exit_code", code));
    if (!seen.command().isEmpty()) {
      ArrayNode command = context.putArray("command");
      SecretMask.of(seen.command()).forEach(argument -> command.add(argument.replace("\0", "")));
    }
    if (!seen.output().isBlank()) {
      context.put("output", clean(shortened(seen.output())));
    }
  }

  /** A value is a secret by its key as well as by its looks. */
  private static String named(String key, String value) {
    return SecretMask.of(key + "=x").equals(key + "=x") ? value : SecretMask.MASK;
  }

  /** Fit to be kept and shown. */
  static String clean(String text) {
    // PostgreSQL keeps no NUL.
    return SecretMask.of(text.replace("\0", ""));
  }

  /** The beginning and the end: a program says at its end why it failed. */
  private static String shortened(String output) {
    if (output.length() <= OUTPUT_LIMIT) {
      return output;
    }
    int half = OUTPUT_LIMIT / 2;
    return output.substring(0, half) + "\n…\n" + output.substring(output.length() - half);
  }
}
