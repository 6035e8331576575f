package dev.reencodarr.activities.process;

import java.io.IOException;

/** A program could not be started at all. */
public final class ProgramNotStarted extends IOException {

  public ProgramNotStarted(String program, IOException cause) {
    super("could not start " + program + ": " + cause.getMessage(), cause);
  }
}
