package dev.reencodarr.activities.hold;

import java.util.List;

/** Somebody who may have a reason to hold up heavy work. */
public interface HoldSource {

  /**
   * Asks whoever knows; may take long, and is called in the background.
   *
   * @throws org.springframework.dao.DataAccessException if the database is away: then what was
   *     known stays in force
   */
  void refresh();

  /** Whether whoever knows has answered yet, since this process began; answers at once. */
  boolean isKnown();

  /** The reasons at this moment, by what is known; answers at once. */
  List<Hold> holds();
}
