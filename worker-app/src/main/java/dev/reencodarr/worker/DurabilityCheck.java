package dev.reencodarr.worker;

import dev.reencodarr.activities.store.DatabaseServer;

/** The journal of replacements lives in the database: what it commits has to be on disk. */
final class DurabilityCheck {

  private DurabilityCheck() {}

  /**
   * Asks the server.
   *
   * @throws IllegalStateException if a power cut could undo what was committed
   */
  static void require(DatabaseServer database) {
    for (String setting : DatabaseServer.DURABLE) {
      String value = database.setting(setting);
      if (value.equals("off")) {
        throw new IllegalStateException(
            "PostgreSQL runs with "
                + setting
                + " = off: a power cut would lose the journal of"
                + " replacements. Switch it on.");
      }
    }
  }
}
