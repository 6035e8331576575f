package dev.reencodarr.workflows.failure;

import static dev.reencodarr.workflows.failure.EvidenceKind.BAD_MEDIA;
import static dev.reencodarr.workflows.failure.EvidenceKind.DISK_FULL;
import static dev.reencodarr.workflows.failure.EvidenceKind.FILE_OPERATION;
import static dev.reencodarr.workflows.failure.EvidenceKind.INFRASTRUCTURE;
import static dev.reencodarr.workflows.failure.EvidenceKind.LADDER;
import static dev.reencodarr.workflows.failure.EvidenceKind.LIBRARY_REMOVED;
import static dev.reencodarr.workflows.failure.EvidenceKind.MOUNT_GONE;
import static dev.reencodarr.workflows.failure.EvidenceKind.NO_HOST;
import static dev.reencodarr.workflows.failure.EvidenceKind.PROCESS_EXIT;
import static dev.reencodarr.workflows.failure.EvidenceKind.RESULT_REFUSED;
import static dev.reencodarr.workflows.failure.EvidenceKind.TIME_LIMIT;
import static dev.reencodarr.workflows.failure.EvidenceKind.TOOL_UNFIT;
import static dev.reencodarr.workflows.failure.EvidenceKind.UNEXPECTED;
import static dev.reencodarr.workflows.failure.EvidenceKind.UNREADABLE_ANSWER;
import static dev.reencodarr.workflows.failure.EvidenceKind.WORKER_LOST;
import static dev.reencodarr.workflows.failure.EvidenceKind.WORKER_RESTARTED;
import static dev.reencodarr.workflows.failure.EvidenceKind.WORK_FOLDER;
import static dev.reencodarr.workflows.failure.FailureCategory.CODEC_ISSUES;
import static dev.reencodarr.workflows.failure.FailureCategory.CONFIGURATION;
import static dev.reencodarr.workflows.failure.FailureCategory.CRF_OPTIMIZATION;
import static dev.reencodarr.workflows.failure.FailureCategory.FILE_OPERATIONS;
import static dev.reencodarr.workflows.failure.FailureCategory.MEDIAINFO_PARSING;
import static dev.reencodarr.workflows.failure.FailureCategory.PROCESS_FAILURE;
import static dev.reencodarr.workflows.failure.FailureCategory.RESOURCE_EXHAUSTION;
import static dev.reencodarr.workflows.failure.FailureCategory.SIZE_LIMITS;
import static dev.reencodarr.workflows.failure.FailureCategory.SYNC_INTEGRATION;
import static dev.reencodarr.workflows.failure.FailureCategory.SYSTEM_ENVIRONMENT;
import static dev.reencodarr.workflows.failure.FailureCategory.VMAF_CALCULATION;
import static dev.reencodarr.workflows.failure.FailureCode.CODEC_UNSUPPORTED;
import static dev.reencodarr.workflows.failure.FailureCode.CONFIG;
import static dev.reencodarr.workflows.failure.FailureCode.CRF_NOT_FOUND;
import static dev.reencodarr.workflows.failure.FailureCode.ENV;
import static dev.reencodarr.workflows.failure.FailureCode.FILE_OP_FINALIZE;
import static dev.reencodarr.workflows.failure.FailureCode.FILE_OP_MOVE;
import static dev.reencodarr.workflows.failure.FailureCode.MEDIAINFO_PARSE;
import static dev.reencodarr.workflows.failure.FailureCode.RESOURCE_CPU;
import static dev.reencodarr.workflows.failure.FailureCode.RESOURCE_DISK;
import static dev.reencodarr.workflows.failure.FailureCode.RESOURCE_MEMORY;
import static dev.reencodarr.workflows.failure.FailureCode.SIZE_LIMIT;
import static dev.reencodarr.workflows.failure.FailureCode.SOURCE_CHANGED;
import static dev.reencodarr.workflows.failure.FailureCode.SYNC_RADARR;
import static dev.reencodarr.workflows.failure.FailureCode.SYNC_SONARR;
import static dev.reencodarr.workflows.failure.FailureCode.VERIFY_FAILED;
import static dev.reencodarr.workflows.failure.FailureCode.VMAF_CALC;
import static dev.reencodarr.workflows.failure.FailureStage.ANALYSIS;
import static dev.reencodarr.workflows.failure.FailureStage.CRF_SEARCH;
import static dev.reencodarr.workflows.failure.FailureStage.ENCODING;
import static dev.reencodarr.workflows.failure.FailureStage.POST_PROCESS;
import static dev.reencodarr.workflows.failure.Reaction.GIVE_UP;
import static dev.reencodarr.workflows.failure.Reaction.HALVE_THREADS;
import static dev.reencodarr.workflows.failure.Reaction.NEXT_ENCODER;
import static dev.reencodarr.workflows.failure.Reaction.NEXT_RUNG;
import static dev.reencodarr.workflows.failure.Reaction.RETRY;
import static dev.reencodarr.workflows.failure.Reaction.STOP_QUEUE;
import static dev.reencodarr.workflows.failure.Reaction.TAKE_OVER;
import static dev.reencodarr.workflows.failure.Reaction.WAIT_AND_RETRY;
import static dev.reencodarr.workflows.failure.Reading.always;
import static dev.reencodarr.workflows.failure.Reading.exit;
import static dev.reencodarr.workflows.failure.Reading.hiddenKill;
import static dev.reencodarr.workflows.failure.Reading.kind;
import static dev.reencodarr.workflows.failure.Reading.says;
import static dev.reencodarr.workflows.failure.Reading.signal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one table that says what a failure is and what is done about it. It is read from top to
 * bottom, and the first row whose evidence is there decides: faults of the worker first, so that
 * none of them is ever laid on a video; then what a program was ended by, what it says, and last
 * the bare number of its exit.
 *
 * <p>A new row goes above the more general one, with a real excerpt of what the tool printed in the
 * test of this class, and into {@code docs/failures.md}. A reaction that open workflows have met is
 * changed as it says there, under "Changing a row".
 */
public final class FailureTable {

  private static final List<Row> ROWS =
      List.of(
          // The worker and what it stands on.
          here("tool missing or unfit", kind(TOOL_UNFIT))
              .is(SYSTEM_ENVIRONMENT, ENV, "Tool missing or unfit: %s", STOP_QUEUE),
          here("mount gone", kind(MOUNT_GONE))
              .is(SYSTEM_ENVIRONMENT, ENV, "Library not mounted: %s", STOP_QUEUE),
          // A video ends as cancelled by it, before it is judged.
          here("library taken out of use", kind(LIBRARY_REMOVED))
              .is(SYSTEM_ENVIRONMENT, ENV, "Library taken out of use: %s", GIVE_UP),
          here("work folder not usable", kind(WORK_FOLDER))
              .is(SYSTEM_ENVIRONMENT, ENV, "Work folder not usable: %s", STOP_QUEUE),
          here("worker restarted", kind(WORKER_RESTARTED))
              .is(SYSTEM_ENVIRONMENT, ENV, "Worker restarted: %s", TAKE_OVER),
          here("worker lost", kind(WORKER_LOST))
              .is(SYSTEM_ENVIRONMENT, ENV, "Worker lost: %s", TAKE_OVER),
          here("no worker on the host's queue", kind(NO_HOST))
              .is(SYSTEM_ENVIRONMENT, ENV, "No worker answers: %s", TAKE_OVER),
          here("database or Temporal away", kind(INFRASTRUCTURE))
              .is(SYSTEM_ENVIRONMENT, ENV, "Infrastructure: %s", WAIT_AND_RETRY),
          at(POST_PROCESS, "Sonarr", kind(EvidenceKind.SONARR))
              .is(SYNC_INTEGRATION, SYNC_SONARR, "Sonarr: %s", WAIT_AND_RETRY),
          at(POST_PROCESS, "Radarr", kind(EvidenceKind.RADARR))
              .is(SYNC_INTEGRATION, SYNC_RADARR, "Radarr: %s", WAIT_AND_RETRY),
          here("disk full", kind(DISK_FULL))
              .is(RESOURCE_EXHAUSTION, RESOURCE_DISK, "No space left: %s", STOP_QUEUE),
          here(
                  "disk full, in a program's words",
                  says("No space left on device|Disk quota exceeded"))
              .is(RESOURCE_EXHAUSTION, RESOURCE_DISK, "No space left: %s", STOP_QUEUE),
          here(
                  "ab-av1 finds no ffmpeg or ffprobe",
                  says("^Error: ffmpeg \\w+$|^Error: ffprobe: .*\\(os error \\d+\\)"))
              .is(SYSTEM_ENVIRONMENT, ENV, "Tool missing or unfit: %s", STOP_QUEUE),
          here("filter missing", says("No such filter|could not load libvmaf model"))
              .is(SYSTEM_ENVIRONMENT, ENV, "ffmpeg lacks a filter or model: %s", STOP_QUEUE),
          here("encoder missing", says("Unknown encoder|Encoder not found"))
              .is(SYSTEM_ENVIRONMENT, ENV, "ffmpeg lacks the encoder: %s", NEXT_ENCODER),
          // Decoded on the CPU from then on; by VAAPI there is no encode without it.
          here(
                  "decoder without its device",
                  says("No device available for decoder|Hardware device setup failed for decoder")
                      .unlessBy("av1_vaapi"))
              .is(SYSTEM_ENVIRONMENT, ENV, "The decoder's device is missing: %s", WAIT_AND_RETRY),
          here(
                  "encoder without its device",
                  says(
                      "Cannot load (libcuda|libnvidia|nvcuda|libnvcuvid|nvEncodeAPI)"
                          + "|No capable devices found|No NVENC capable devices"
                          + "|CUDA_ERROR_(NO_DEVICE|SYSTEM_NOT_READY|ECC|UNKNOWN|NOT_INITIALIZED)"
                          + "|Driver does not support the required nvenc API version"
                          + "|No device available|Failed to initiali[sz]e VAAPI"
                          + "|No VA display found|failed to load library .libva"
                          + "|[Ee]rror creating a MFX session|Error (during|in) MFX .*device"
                          + "|DLL libamf\\S* failed to open|Failed to create +hardware device"
                          + "|Device creation failed"))
              .is(SYSTEM_ENVIRONMENT, ENV, "The encoder's device is missing: %s", NEXT_ENCODER),
          here(
                  "device that takes no more",
                  says(
                      "OpenEncodeSessionEx failed: (out of memory|incompatible client key)"
                          + "|maximum (number of )?concurrent sessions|CUDA_ERROR_OUT_OF_MEMORY"))
              .is(SYSTEM_ENVIRONMENT, ENV, "The encoder's device takes no more: %s", NEXT_ENCODER),
          here(
                  "film that the device does not encode",
                  says("(nvenc|qsv|vaapi|amf) @ .*(Codec not supported|No usable encoding (profile|entrypoint)"
                          + "|10 bit encode not supported|does not support encoding"
                          + "|doesn't support required NVENC|InitializeEncoder failed: (invalid|unsupported)"
                          + "|Current (picture|profile|pixel format|rate control mode) is unsupported)")
                      .or(says("Impossible to convert between the formats").byGpu())
                      .in(CRF_SEARCH, ENCODING))
              .is(CODEC_ISSUES, CODEC_UNSUPPORTED, "The device does not encode it: %s", GIVE_UP),
          here(
                  "work folder not writable",
                  says(
                      "failed to create temp-dir|Error opening output .*: (Permission denied|Read-only file system|No such file)"))
              .is(SYSTEM_ENVIRONMENT, ENV, "Work folder not usable: %s", STOP_QUEUE),
          here("read-only file system", says("Read-only file system"))
              .is(SYSTEM_ENVIRONMENT, ENV, "Read-only file system: %s", STOP_QUEUE),
          here(
                  "network mount broken",
                  says("Stale (NFS )?file handle|Transport endpoint is not connected|Host is down"))
              .is(SYSTEM_ENVIRONMENT, ENV, "Mount broken: %s", STOP_QUEUE),
          // Nothing was done for the video yet: it waits until its library is mended.
          at(
                  POST_PROCESS,
                  "library that takes no replacement, found before the work",
                  kind(FILE_OPERATION).reserving())
              .is(SYSTEM_ENVIRONMENT, ENV, "The library takes no replacement: %s", STOP_QUEUE),

          // What ended it.
          here("starved of CPU", kind(EvidenceKind.STALLED).or(kind(TIME_LIMIT)).starved())
              .is(RESOURCE_EXHAUSTION, RESOURCE_CPU, "Starved of CPU: %s", RETRY),
          here("no progress", kind(EvidenceKind.STALLED))
              .is(FailureCategory.TIMEOUT, FailureCode.STALLED, "No progress: %s", RETRY),
          // It went on all the time, or it had stalled: the next one would take as long.
          here("time limit of an encode passed", kind(TIME_LIMIT).in(ENCODING))
              .is(FailureCategory.TIMEOUT, FailureCode.TIMEOUT, "Time limit passed: %s", GIVE_UP),
          here("time limit passed", kind(TIME_LIMIT))
              .is(FailureCategory.TIMEOUT, FailureCode.TIMEOUT, "Time limit passed: %s", RETRY),
          here("killed, the OOM killer seen at work", exit(137).or(hiddenKill()).provenOom())
              .exits(137, RESOURCE_EXHAUSTION, "Process killed by system (OOM)", HALVE_THREADS),
          // Before the signal: an encoder that is refused memory says so, and then crashes as often
          // as not.
          here(
                  "out of memory",
                  says(
                      "Cannot allocate memory|allocate memory failed|insufficient resources"
                          + "|OutOfMemory|pthread_create\\(\\) failed"))
              .is(RESOURCE_EXHAUSTION, RESOURCE_MEMORY, "Out of memory: %s", HALVE_THREADS),
          here("exit code None of ffmpeg", hiddenKill())
              .exits(
                  137,
                  RESOURCE_EXHAUSTION,
                  "Process killed by system (likely OOM), sender unknown",
                  HALVE_THREADS),
          here("exit 137 (SIGKILL)", exit(137))
              .exits(RESOURCE_EXHAUSTION, "Process killed by system (likely OOM)", HALVE_THREADS),
          here("exit 143 (SIGTERM), not ours", exit(143))
              .exits(RESOURCE_EXHAUSTION, "Process terminated by SIGTERM", RETRY),
          here(
                  "SIGTERM, not ours, in ffmpeg's words",
                  says("Exiting normally, received signal 15\\b"))
              .exits(143, RESOURCE_EXHAUSTION, "Process terminated by SIGTERM", RETRY),
          here(
                  "interrupted from outside",
                  says("^Error: ctrl_c|Exiting normally, received signal 2\\b"))
              .exits(130, SYSTEM_ENVIRONMENT, "Process interrupted from outside", RETRY),
          here("another signal", signal().in(CRF_SEARCH, ENCODING))
              .exits(PROCESS_FAILURE, "Process ended by signal %s", RETRY),
          here("another signal, elsewhere", signal())
              .exits(SYSTEM_ENVIRONMENT, "Process ended by signal %s", RETRY),

          // Verdicts of our own steps.
          at(POST_PROCESS, "result refused", kind(RESULT_REFUSED))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Result refused: %s", GIVE_UP),
          at(ANALYSIS, "broken source found by verification", kind(BAD_MEDIA).in(POST_PROCESS))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Damaged source: %s", GIVE_UP),
          at(ANALYSIS, "damaged or no media", kind(BAD_MEDIA))
              .is(
                  FailureCategory.VALIDATION,
                  FailureCode.VALIDATION,
                  "Not sound media: %s",
                  GIVE_UP),

          // Files.
          here("permission denied", says("Permission denied|AccessDenied|Operation not permitted$"))
              .is(
                  FailureCategory.FILE_ACCESS,
                  FailureCode.FILE_ACCESS,
                  "File access failed: Permission denied (%s)",
                  GIVE_UP),
          here("file name too long", says("File name too long"))
              .is(
                  FailureCategory.FILE_ACCESS,
                  FailureCode.FILE_ACCESS,
                  "File access failed: File name too long (%s)",
                  GIVE_UP),
          at(POST_PROCESS, "moving the result failed", kind(FILE_OPERATION).moving())
              .is(FILE_OPERATIONS, FILE_OP_MOVE, "Moving the result failed: %s", RETRY),
          at(POST_PROCESS, "putting the result in place failed", kind(FILE_OPERATION))
              .is(FILE_OPERATIONS, FILE_OP_FINALIZE, "Replacing the file failed: %s", RETRY),
          at(POST_PROCESS, "source keeps changing", kind(EvidenceKind.SOURCE_CHANGED))
              .is(FILE_OPERATIONS, SOURCE_CHANGED, "Source changed: %s", RETRY),
          here("file not found", says("No such file or directory|NoSuchFile"))
              .is(
                  FailureCategory.FILE_ACCESS,
                  FailureCode.FILE_ACCESS,
                  "File access failed: %s",
                  RETRY),
          here("I/O error", says("Input/output error"))
              .is(SYSTEM_ENVIRONMENT, ENV, "I/O error, possible hardware fault: %s", RETRY),
          here("another fault of file access", kind(EvidenceKind.FILE_ACCESS))
              .is(
                  FailureCategory.FILE_ACCESS,
                  FailureCode.FILE_ACCESS,
                  "File access failed: %s",
                  RETRY),

          // What the points of a search say.
          at(CRF_SEARCH, "rung of the ladder left", kind(LADDER))
              .is(
                  FailureCategory.PRESET_RETRY,
                  FailureCode.PRESET_RETRY,
                  "Rung left: %s",
                  NEXT_RUNG),
          at(CRF_SEARCH, "predicted size over the limit", kind(EvidenceKind.SIZE_LIMIT))
              .is(SIZE_LIMITS, SIZE_LIMIT, "Predicted size over the limit: %s", NEXT_RUNG),
          at(CRF_SEARCH, "ladder at its end", kind(EvidenceKind.CRF_NOT_FOUND))
              .is(CRF_OPTIMIZATION, CRF_NOT_FOUND, "No CRF reaches the target: %s", GIVE_UP),

          // What the tools say.
          here("no suitable CRF", says("Failed to find a suitable crf").in(CRF_SEARCH))
              .is(CRF_OPTIMIZATION, CRF_NOT_FOUND, "No CRF reaches the target: %s", NEXT_RUNG),
          at(
                  ANALYSIS,
                  "broken source found by ab-av1's verification",
                  says("verify: |ffmpeg verify").ofAShortSource())
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Damaged source: %s", GIVE_UP),
          at(
                  POST_PROCESS,
                  "ab-av1's verification refused the result",
                  says("verify: |ffmpeg verify"))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Result refused: %s", GIVE_UP),
          here("sample too small", says("encoded sample too small").in(CRF_SEARCH))
              .is(VMAF_CALCULATION, VMAF_CALC, "Sample too small to be scored: %s", GIVE_UP),
          here(
                  "audio channel layout refused",
                  says("[Ii]nvalid channel layout|Unsupported channel layout")
                      .in(CRF_SEARCH, ENCODING))
              .exits(CODEC_ISSUES, "Audio channel layout or codec conversion: %s", GIVE_UP),
          here(
                  "codec that the container refuses",
                  says("[Ss]ubtitle codec .*not supported|codec not currently supported in container"
                          + "|Could not find tag for codec|Unknown decoder|Decoder .*not found"
                          + "|[Ii]nvalid channel layout|Unsupported channel layout"
                          + "|Function not implemented")
                      .in(CRF_SEARCH, ENCODING))
              .is(CODEC_ISSUES, CODEC_UNSUPPORTED, "Codec not supported: %s", GIVE_UP),
          here("exit 2", exit(2))
              .exits(CONFIGURATION, "Invalid command-line arguments: %s", GIVE_UP),
          here(
                  "impossible arguments",
                  says(
                      "unexpected argument|Invalid --m|specified as the same file"
                          + "|Value .* out of range|Error setting option|Error applying encoder options"
                          + "|Unrecognized option|Option .* not found"))
              .is(CONFIGURATION, CONFIG, "Invalid arguments: %s", GIVE_UP),
          at(POST_PROCESS, "unreadable result", damaged().in(POST_PROCESS))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Result refused: %s", GIVE_UP),
          // Analysed as sound a while ago, so that a mount's hiccup is as likely as damage.
          at(ANALYSIS, "ab-av1's ffprobe fails on the source", says("ffprobe exited with"))
              .is(FailureCategory.VALIDATION, FailureCode.VALIDATION, "Unreadable: %s", RETRY),
          at(ANALYSIS, "damaged source", damaged())
              .is(FailureCategory.VALIDATION, FailureCode.VALIDATION, "Damaged file: %s", GIVE_UP),
          here(
                  "scoring failed",
                  says("ffmpeg vmaf exit code|could not parse ffmpeg vmaf").in(CRF_SEARCH))
              .is(VMAF_CALCULATION, VMAF_CALC, "VMAF could not be computed: %s", RETRY),
          here("unreadable answer to an analysis", kind(UNREADABLE_ANSWER).in(ANALYSIS))
              .is(MEDIAINFO_PARSING, MEDIAINFO_PARSE, "Unreadable media facts: %s", RETRY),
          here("unreadable answer to a probe", kind(UNREADABLE_ANSWER).in(CRF_SEARCH))
              .is(VMAF_CALCULATION, VMAF_CALC, "Unreadable probe: %s", RETRY),
          here("unreadable answer to a verification", kind(UNREADABLE_ANSWER).in(POST_PROCESS))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "Unreadable verification: %s", RETRY),
          here("unreadable answer elsewhere", kind(UNREADABLE_ANSWER))
              .is(SYSTEM_ENVIRONMENT, ENV, "Unreadable answer: %s", RETRY),

          // The bare number; above 127 ffmpeg's error codes, modulo 256.
          here("exit 5 · 251", exit(5, 251))
              .exits(SYSTEM_ENVIRONMENT, "I/O error, possible hardware fault: %s", RETRY),
          here("exit 13 · 243", exit(13, 243))
              .exits(SYSTEM_ENVIRONMENT, "Permission denied: %s", GIVE_UP),
          here("exit 126 · 127", exit(126, 127))
              .is(SYSTEM_ENVIRONMENT, ENV, "Tool missing or unfit: %s", STOP_QUEUE),
          here("exit 28 · 228", exit(28, 228))
              .exits(RESOURCE_EXHAUSTION, "No space left on device: %s", STOP_QUEUE),
          here("exit 244", exit(244))
              .exits(RESOURCE_EXHAUSTION, "Out of memory: %s", HALVE_THREADS),
          here("exit 110", exit(110)).exits(SYSTEM_ENVIRONMENT, "Network timeout: %s", RETRY),
          here("exit 22", exit(22).in(CRF_SEARCH, ENCODING))
              .exits(CODEC_ISSUES, "Invalid file format: %s", GIVE_UP),
          here("exit 69 · 218", exit(69, 218).in(CRF_SEARCH, ENCODING))
              .exits(CODEC_ISSUES, "Unsupported codec or format: %s", GIVE_UP),
          here("exit 234", exit(234).in(CRF_SEARCH, ENCODING))
              .exits(CODEC_ISSUES, "Audio channel layout or codec conversion: %s", GIVE_UP),
          here("exit 254", exit(254))
              .is(
                  FailureCategory.FILE_ACCESS,
                  FailureCode.FILE_ACCESS,
                  "File access failed: %s",
                  RETRY),
          at(ANALYSIS, "exit 183", exit(183).in(ANALYSIS, CRF_SEARCH, ENCODING))
              .is(FailureCategory.VALIDATION, FailureCode.VALIDATION, "Damaged file: %s", GIVE_UP),
          here("exit with any other code", exitWithCode().in(CRF_SEARCH, ENCODING))
              .exits(PROCESS_FAILURE, "%s", RETRY),
          here("a program failed", kind(PROCESS_EXIT).complaining().in(CRF_SEARCH, ENCODING))
              .exits(1, PROCESS_FAILURE, "%s", RETRY),
          here("ffprobe failed", kind(PROCESS_EXIT).complaining().in(ANALYSIS))
              .is(MEDIAINFO_PARSING, MEDIAINFO_PARSE, "%s", RETRY),
          here("verification could not be done", kind(PROCESS_EXIT).complaining().in(POST_PROCESS))
              .is(FailureCategory.VALIDATION, VERIFY_FAILED, "%s", RETRY),

          // An error of our own, or something that nobody has thought of.
          here("an unexpected error", kind(UNEXPECTED))
              .is(FailureCategory.UNKNOWN, FailureCode.UNKNOWN, "%s", RETRY),
          here("anything else", always())
              .is(FailureCategory.UNKNOWN, FailureCode.UNKNOWN, "%s", RETRY));

  private FailureTable() {}

  /**
   * Judges a failure.
   *
   * @param stage in which it came up; a broken source belongs to the analysis wherever it is found
   */
  public static Classification classify(FailureStage stage, Evidence evidence) {
    Observation seen = Observation.of(stage, evidence);
    return ROWS.stream()
        .map(row -> row.judge(seen))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the table's last row takes everything"));
  }

  /** ffmpeg's own exit code, where ab-av1 names it in its words. */
  public static Optional<Integer> ffmpegExit(Evidence evidence) {
    return Observation.innerExitCode(evidence);
  }

  /** The rows' evidence in words, in order; the documentation lists them all. */
  static List<String> evidence() {
    return ROWS.stream().map(Row::evidence).toList();
  }

  private static Reading damaged() {
    return says(
        "Invalid data found when processing input|moov atom not found|EBML header parsing failed"
            + "|Error submitting packet to decoder|decode_slice_header error");
  }

  private static Reading exitWithCode() {
    return seen -> seen.exit().isPresent() ? Optional.of(seen.complaint()) : Optional.empty();
  }

  private static Case here(String evidence, Reading reading) {
    return new Case(evidence, reading, Optional.empty());
  }

  private static Case at(FailureStage stage, String evidence, Reading reading) {
    return new Case(evidence, reading, Optional.of(stage));
  }

  /** The left half of a row. */
  private record Case(String evidence, Reading reading, Optional<FailureStage> stage) {

    Row is(FailureCategory category, FailureCode code, String message, Reaction reaction) {
      return new Row(this, category, _ -> code.name(), message, reaction);
    }

    Row exits(FailureCategory category, String message, Reaction reaction) {
      return new Row(
          this,
          category,
          seen -> FailureCode.exit(seen.exit().orElse(1) & 0xff),
          message,
          reaction);
    }

    Row exits(int code, FailureCategory category, String message, Reaction reaction) {
      return new Row(this, category, _ -> FailureCode.exit(code), message, reaction);
    }
  }

  /**
   * A row.
   *
   * @param message with the telling detail in the place of {@code %s}
   */
  private record Row(
      Case on,
      FailureCategory category,
      Function<Observation, String> code,
      String message,
      Reaction reaction) {

    String evidence() {
      return on.evidence();
    }

    Optional<Classification> judge(Observation seen) {
      return on.reading()
          .read(seen)
          .map(detail ->
              new Classification(
                  on.stage().orElse(seen.stage()),
                  category,
                  code.apply(seen),
                  message.replace("%s", detail),
                  reaction));
    }
  }
}
