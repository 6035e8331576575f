package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.SecretMask;
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
  ObjectNode of(Classification judged, Evidence told) {
    // Once more: workers of an earlier version tell what they have seen as it was.
    Evidence seen = SecretFree.of(told);
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    seen.context().forEach((key, value) -> context.put(storable(key), storable(value)));
    context.put("evidence", seen.kind().name());
    context.put("evidence_message", storable(seen.message()));
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
      seen.command().forEach(argument -> command.add(storable(argument)));
    }
    if (!seen.output().isBlank()) {
      context.put("output", storable(shortened(seen.output())));
    }
  }

  /** What was made of the evidence, fit to be kept and shown. */
  static String message(Classification judged, Evidence seen) {
    return storable(SecretFree.about(seen).text(judged.message()));
  }

  /** PostgreSQL keeps no NUL. */
  private static String storable(String text) {
    return text.replace("\0", "");
  }

  /** Fit to be kept and shown, where no file is known. */
  static String clean(String text) {
    return SecretMask.of(storable(text));
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
