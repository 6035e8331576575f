package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.media.VideoId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failures down: the classification, and as context what was witnessed, without secrets. */
public final class FailureRecorder implements FailureActivities {

  private static final Logger LOG = LoggerFactory.getLogger(FailureRecorder.class);

  /** The first and last lines of an output are a few kB; more is somebody's mistake. */
  private static final int OUTPUT_LIMIT = 8 * 1024;

  private final FailureRepository failures;
  private final Machine machine;

  public FailureRecorder(FailureRepository failures, Machine machine) {
    this.failures = failures;
    this.machine = machine;
  }

  @Override
  public void record(FailureRecord failure) {
    Classification judged = failure.classification();
    String message = clean(judged.message());
    failures.record(failure, message, context(failure));
    if (failure.isFinal() && CriticalFailure.isCritical(judged.category(), judged.code())) {
      LOG.error(
          "critical failure of video {}: {} {}: {}",
          failure.video(),
          judged.stage().code(),
          judged.code(),
          message);
    }
  }

  @Override
  public void resolveStage(VideoId video, FailureStage stage) {
    failures.resolve(video, stage);
  }

  @Override
  public void resolveAll(VideoId video) {
    failures.resolveAll(video);
  }

  private ObjectNode context(FailureRecord failure) {
    Evidence seen = failure.evidence();
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    seen.context().forEach((key, value) -> context.put(clean(key), clean(named(key, value))));
    context.put("evidence", seen.kind().name());
    context.put("evidence_message", clean(seen.message()));
    context.put("reaction", failure.decided());
    context.put("workflow_id", clean(failure.workflowId()));
    context.put("run_id", clean(failure.firstRunId()));
    context.put("attempt", failure.attempt());
    putProgram(context, seen);
    // A lost worker witnesses nothing: then this at least is known.
    ObjectNode recorder = context.putObject("recorded_by");
    recorder.put("host", machine.host());
    recorder.put("zone", machine.zone());
    recorder.put("os", Runtimes.os());
    recorder.put("java_version", Runtimes.java());
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

  private static String clean(String text) {
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
