package dev.reencodarr.activities.replace;

/** The steps of swap and undo, each of which can be the last before the power fails. */
enum Step {
  RAISE_EPOCH,
  TRY_MOUNT,
  WRITE_INTENT,
  CHECK_SOURCE,
  CHECK_RESULT,
  CREATE_QUARANTINE,
  WRITE_MANIFEST,
  DRESS_RESULT,
  /** Same path: the result goes to the place that it is exchanged from. */
  ENTER_QUARANTINE,
  EXCHANGE,
  CHANGE_WAY,
  LINK_DISPLACED,
  COPY_DISPLACED,
  RENAME_AWAY,
  /** The path is empty, the other file takes its name. */
  ENTER_GAP,
  RENAME_OVER,
  KEEP_DISPLACED,
  DROP_SPARE_LINK,
  /** New path: the original leaves its path. */
  MOVE_ORIGINAL,
  PLACE_RESULT,
  PUT_BACK,
  SYNC_FOLDERS,
  COMMIT,
  SWEEP_STAGE,
  /** Nothing of ours is left where the path was not changed. */
  CLEAR_QUARANTINE,
  DROP_STAGED,
  ABANDON,
  /** Inside other steps, where a mount offers no rename that replaces nothing. */
  LINK_FREE_NAME,
  HOLD_FREE_NAME,
  FILL_FREE_NAME,
  UNDO_INTENT,
  PLACE_ORIGINAL,
  MOVE_RESULT,
  UNDO_COMMIT,
  UNDO_GIVE_UP,
  /** Undo and acceptance: a file that somebody has renamed is looked for. */
  FIND_RENAMED,
  NOTE_MOVE,
  /** The original goes to another place than its own. */
  RESTORE_INTENT,
  COPY_ORIGINAL,
  /** What lies at the other place is compared with what is kept. */
  CHECK_COPY,
  RESTORE_COMMIT,
  RESTORE_GIVE_UP,
  /** What is kept in quarantine goes for good. */
  DROP_KEPT,
  KEEP_LONGER,
  ACCEPT_COMMIT
}
