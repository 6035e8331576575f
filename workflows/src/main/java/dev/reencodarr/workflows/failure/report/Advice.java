package dev.reencodarr.workflows.failure.report;

import dev.reencodarr.workflows.failure.FailureCode;

/** What an operator can do about a failure, by its code; one sentence. */
public final class Advice {

  private static final String OUT_OF_MEMORY = "EXIT_137";
  private static final String MORE_MEMORY =
      "Give the machine more memory, or set cpu_jobs to fewer encodes at the same time";
  private static final String TERMINATED = "EXIT_143";

  private Advice() {}

  /**
   * The advice.
   *
   * @param code as it stands in rows; for one that is not known there is a general advice
   */
  public static String about(String code) {
    return switch (code) {
      case OUT_OF_MEMORY -> MORE_MEMORY;
      case TERMINATED -> "Find out who ends programs on this machine, then retry";
      default ->
          FailureCode.of(code).map(Advice::about).orElse("Read the log of the failure, then retry");
    };
  }

  private static String about(FailureCode code) {
    return switch (code) {
      case FILE_ACCESS -> "Let the worker's user read the file and write its folder, then retry";
      case MEDIAINFO_PARSE -> "Check whether the file plays and whether ffprobe is the usual one";
      case VALIDATION ->
          "The file is damaged or no video: replace it, or let ./reencodarr broken redownload have that done";
      case VMAF_CALC -> "Check ffmpeg with ./reencodarr doctor; very short films have no score";
      case CRF_NOT_FOUND -> "The film does not shrink at this quality: lower vmaf_target for it";
      case SIZE_LIMIT ->
          "The film stays too large at this quality: lower vmaf_target for it, or leave it as it is";
      case PRESET_RETRY -> "Nothing: a slower preset was tried";
      case EXIT -> "Read the program's last words in the log, mend what they name, then retry";
      case RESOURCE_MEMORY -> MORE_MEMORY;
      case RESOURCE_DISK -> "Make room in the work folder and in the library; work goes on alone";
      case RESOURCE_CPU -> "Let other programs leave the processor alone, or give it fewer jobs";
      case TIMEOUT -> "Give the machine fewer jobs, or retry when it has less to do";
      case STALLED -> "Check the disk or mount that the file lies on, then retry";
      case CODEC_UNSUPPORTED -> "One of its streams does not fit the container: use mkv for it";
      case VERIFY_FAILED ->
          "The result was not good enough to replace the film: see what was refused, then retry";
      case FILE_OP_MOVE, FILE_OP_FINALIZE ->
          "Check room, permissions and mount of the library, then retry";
      case SOURCE_CHANGED -> "Nothing: the file is looked at again";
      case SYNC_SONARR, SYNC_RADARR -> "Check address and key of the connection, and that it is up";
      case CLEANUP -> "Check the work folder of that machine; the janitor tries again";
      case CONFIG -> "Correct the setting that the message names, then retry";
      case ENV -> "Run ./reencodarr doctor on that machine and mend what it names";
      case OPERATOR_FAILED -> "Retry when the reason for it is gone";
      case UNKNOWN -> "Read the log of the failure, then retry; please report it";
    };
  }
}
