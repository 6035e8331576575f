package dev.reencodarr.workflows.janitor;

/** What a janitor comes across. */
public enum FindingKind {
  /** A row says that a workflow is at work, and none is. */
  ROW_WITHOUT_WORKFLOW,
  /** A workflow is at work on a video that no row knows. */
  WORKFLOW_WITHOUT_ROW,
  /** A swap or an undo that was begun and that nobody brings to its end. */
  UNFINISHED_REPLACEMENT,
  /** A row's file is not at its path. */
  FILE_GONE,
  /** A file that was gone is at its path again. */
  FILE_BACK,
  /** Something of ours that nobody needs any more. */
  LEFTOVER,
  /** A program of ours that nobody waits for. */
  ORPHANED_PROCESS,
  /** What was kept for long enough. */
  EXPIRED,
  /** Quarantine folders and their rows that do not fit together. */
  QUARANTINE,
  /** Something that is not understood and was left alone. */
  UNKNOWN,
  /** A part of the work that could not be done. */
  NOT_DONE
}
