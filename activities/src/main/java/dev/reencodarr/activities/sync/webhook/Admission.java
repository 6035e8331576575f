package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.workflows.sync.ArrKind;

/** Whether somebody is heard. */
sealed interface Admission {

  /** It is this connection. */
  record Admitted(long connection, String name, ArrKind kind, String zone) implements Admission {

    SpooledEvent event(long title) {
      return new SpooledEvent(connection, name, kind, zone, title);
    }
  }

  /** The secret is missing, or another one. */
  record Refused() implements Admission {}

  /** There is no such connection. */
  record Unknown() implements Admission {}

  /** PostgreSQL is away, and was so when this connection could have been got to know. */
  record NotKnownYet() implements Admission {}
}
