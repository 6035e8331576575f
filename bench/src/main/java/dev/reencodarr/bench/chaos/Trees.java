package dev.reencodarr.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;

/** Whole folders, by the system's own programs. */
final class Trees {

  private Trees() {}

  /** Removes a folder and all in it; does nothing where it is not there. */
  static void remove(Path folder) throws IOException, InterruptedException {
    run("rm", "-rf", "--", folder.toString());
  }

  /** Copies a folder as it is into another one. */
  static void copy(Path folder, Path into) throws IOException, InterruptedException {
    run("cp", "-a", "--", folder.toString(), into.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }
}
