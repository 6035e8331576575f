package dev.reencodarr.workflows.failure;

/** What kind of thing was observed when a step did not come to its end. */
public enum EvidenceKind {
  /** A program ended with an exit code other than 0 or by a signal. */
  PROCESS_EXIT,
  /** A program could not be started: missing, not executable, wrong version. */
  TOOL_UNFIT,
  /** A program made no progress for the set time and was ended. */
  STALLED,
  /** A set limit of running time was passed. */
  TIME_LIMIT,
  /** A file or folder could not be read, written or found. */
  FILE_ACCESS,
  /** The library's marker is missing: its mount is gone or it is not ours. */
  MOUNT_GONE,
  /**
   * The library was taken out of use, so that nothing new is begun in it: no failure, the video
   * ends as if it were cancelled.
   */
  LIBRARY_REMOVED,
  /** The worker's own folder, in which its work lies, cannot be written to or read. */
  WORK_FOLDER,
  /** Too little free space, or ENOSPC. */
  DISK_FULL,
  /** A tool's answer could not be understood. */
  UNREADABLE_ANSWER,
  /** The file is no media, damaged, or has impossible values. */
  BAD_MEDIA,
  /** Verification refused the result. */
  RESULT_REFUSED,
  /** A file operation of the swap failed. */
  FILE_OPERATION,
  /** The worker was stopped or restarted; what ran may run still. */
  WORKER_RESTARTED,
  /** The worker was not heard of any more. */
  WORKER_LOST,
  /** Nobody polled the queue of that host in time. */
  NO_HOST,
  /** The database or Temporal itself did not answer. */
  INFRASTRUCTURE,
  /** Sonarr did not answer, or not as was to be expected, or did not do what it was asked for. */
  SONARR,
  /** Radarr, likewise. */
  RADARR,
  /** A rung of the search's ladder came to nothing, by the points that were measured. */
  LADDER,
  /** What reaches the target is predicted larger than the set limit. */
  SIZE_LIMIT,
  /** No rung of the ladder has a CRF that reaches its target. */
  CRF_NOT_FOUND,
  /** Each time that the source was to be replaced it was another file. */
  SOURCE_CHANGED,
  /** An error of our own code. */
  UNEXPECTED
}
