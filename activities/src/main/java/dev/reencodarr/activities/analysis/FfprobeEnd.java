package dev.reencodarr.activities.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How ffprobe ended over a file: with an answer, with its refusal of the file, or with what is
 * wrong with ffprobe itself, the disk or the machine. Only the refusal says anything of the file.
 */
record FfprobeEnd(Path file, ProgramCall call, ProgramEnd end) {

  static final String READ_ERROR = "Input/output error";

  /** What ffprobe passes on from the system, whatever is in the file. */
  private static final Pattern OF_THE_SYSTEM =
      Pattern.compile(
          READ_ERROR
              + "|Permission denied|No such file or directory|Stale (NFS )?file handle"
              + "|Transport endpoint is not connected|Host is down|Connection timed out"
              + "|No such device|Too many open files|Cannot allocate memory");

  private static final int REFUSAL = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * What it has answered.
   *
   * @throws NotMedia if it refuses the file in words of its own
   * @throws io.temporal.failure.ApplicationFailure made by {@link Faults}, if it came to no answer
   */
  JsonNode answer() throws NotMedia {
    if (end.timedOut()) {
      throw fault(EvidenceKind.TIME_LIMIT, "ffprobe took longer than " + call.limit());
    }
    // A file may have the name of a fault.
    String words = end.stderr().replace(file.toString(), "").strip();
    boolean refuses =
        end.exitCode() == REFUSAL && !words.isEmpty() && !OF_THE_SYSTEM.matcher(words).find();
    if (refuses) {
      throw NotMedia.refused(call.arguments(), end);
    }
    if (!end.succeeded() || words.contains(READ_ERROR)) {
      throw fault(EvidenceKind.PROCESS_EXIT, "ffprobe failed");
    }
    return json(end.stdout())
        .orElseThrow(
            () -> fault(EvidenceKind.UNREADABLE_ANSWER, "ffprobe's answer cannot be understood"));
  }

  /** An answer of ffprobe; empty where the text is none. */
  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private RuntimeException fault(EvidenceKind kind, String message) {
    return Faults.of(
        new Evidence(
            kind,
            message,
            end.exitCode(),
            end.signal(),
            call.arguments(),
            end.stderr(),
            Map.of(Evidence.SOURCE, file.toString())));
  }
}
