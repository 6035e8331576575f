package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A tool that goes wrong in a way of its own: a script, or one that passes on to the real tool. */
public final class ScriptedTool {

  private ScriptedTool() {}

  /** The script as a program at this place, which is run by {@code /bin/sh}. */
  public static Path made(Path place, String script) throws IOException {
    Files.writeString(place, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
  }
}
