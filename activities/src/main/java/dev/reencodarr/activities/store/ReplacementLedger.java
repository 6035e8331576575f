package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import java.util.Optional;
import java.util.UUID;

/** What is written down of a replacement on its way; the rows, where there is a database. */
public interface ReplacementLedger {

  /** The intent of a whole replacement; an attempt has one, however often it is run. */
  void open(Replacement row, long epoch);

  /** How far the replacement is by what is written down; empty if its row is gone. */
  Optional<Phase> phase(Replacement row);

  /** A step is about to be taken. */
  void stepBegun(UUID id, String step);

  /** The step that was begun has been taken. */
  void stepDone(UUID id, String step);

  /** Adds what people should know of this replacement; a warning that is there stays one. */
  void warn(UUID id, String warning);

  /** The files are about to change places by this way. */
  void way(UUID id, SwapWay way);

  /**
   * The result lies at its path and the original in quarantine.
   *
   * @param otherNames further hard links of the original, which keep its blocks
   */
  void commit(UUID id, SourceIdentity resultIdentity, int otherNames);

  /**
   * The swap took place, the original is in quarantine, but somebody has changed the path since.
   */
  void commitOvertaken(UUID id, SwapOutcome outcome);

  /**
   * Given up.
   *
   * @param outcome what the attempt answers, also when it is run again
   * @param quarantined whether a file had to be left in the quarantine folder
   */
  void abandon(UUID id, SwapOutcome outcome, boolean quarantined);

  /** The result was found under another name: what follows takes place there. */
  void movedTo(UUID id, MediaPath result);

  /** The intent of an undo, or of undoing one. */
  void undoBegun(UUID id, String undoAttempt, ReplacementState intent);

  /** The undo changed nothing after all. */
  void undoGivenUp(UUID id);

  /** The undo took place: the row is in the state that was intended. */
  void undoDone(UUID id, ReplacementState state);

  /** The intent of putting the original to another place. */
  void restoreBegun(UUID id, MediaPath place);

  /** The original did not go to the other place after all. */
  void restoreGivenUp(UUID id);

  /**
   * The original lies at the other place, and its content is kept.
   *
   * @param emptied whether nothing is left in its quarantine folder
   */
  void restored(Replacement row, boolean emptied);

  /** Further hard links of the original when it was last looked at. */
  int otherNames(UUID id);

  /**
   * Nothing is kept in quarantine any more.
   *
   * @param otherNames further hard links of the original, for the last time
   */
  void accepted(UUID id, int otherNames);

  /** What is kept could not be let go, because of this. */
  void keptBecause(UUID id, String why);
}
