package dev.reencodarr.worker;

import dev.reencodarr.activities.store.DatabaseServer;
import java.util.List;

/** The journal of replacements lives in the database: what it commits has to be on disk. */
final class DurabilityCheck {

  private DurabilityCheck() {}

  /**
   * Asks the server.
   *
   * @throws IllegalStateException if a power cut could undo what was committed
   */
  static void require(DatabaseServer database) {
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
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
