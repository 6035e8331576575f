package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.sync.CommandEnd;
import io.temporal.activity.ActivityInterface;

/**
 * The steps in which Sonarr or Radarr gets another copy of a broken source; run on {@code files@Z}.
 * Each can be run twice: what was done is written down, or can be seen there.
 */
@ActivityInterface(namePrefix = "Redownload")
public interface RedownloadActivities {

  /**
   * Looks whether it can be done, and writes down how the file is managed before anything is
   * changed there; or says how far it is already.
   */
  RedownloadStanding begin(RedownloadOrder order);

  /** The file as it was found to be broken. */
  SourceFile file(RedownloadOrder order);

  /** A check of the whole file has found it sound: nothing is done about it. */
  RedownloadStanding acquit(RedownloadOrder order);

  /** Marks the grab that brought the file as failed; nothing where none is known. */
  void markFailed(RedownloadOrder order);

  /** Has another copy looked for, and waits for the end of that; nothing without a connection. */
  CommandEnd search(RedownloadOrder order);

  /**
   * Takes the file out of sight, where it is kept, and has its record deleted there; what was
   * monitored stays so.
   */
  RedownloadStanding setAside(RedownloadOrder order);

  /** Whether another copy has come. */
  RedownloadStanding look(RedownloadOrder order);

  /**
   * Puts the broken file back to its place, unless another one lies there.
   *
   * @param why for people
   */
  RedownloadStanding putBack(RedownloadOrder order, String why);

  /** Lets the broken file go, once it was kept for long enough and the other one is there. */
  RedownloadStanding letGo(RedownloadOrder order);
}
