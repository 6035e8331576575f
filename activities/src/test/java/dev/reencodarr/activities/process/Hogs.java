package dev.reencodarr.activities.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs that want every core for themselves, each of a session of its own. */
public final class Hogs implements AutoCloseable {

  private static final int A_CORE = 3;

  private final List<Process> hogs = new ArrayList<>();

  /** Lets them loose until they are closed. */
  public static Hogs loose() throws IOException {
    Hogs hogs = new Hogs();
    for (int n = 0; n < A_CORE * Runtime.getRuntime().availableProcessors(); n++) {
      hogs.hogs.add(
          new ProcessBuilder("setsid", "/bin/sh", "-c", "while :; do :; done").inheritIO().start());
    }
    return hogs;
  }

  @Override
  public void close() {
    hogs.forEach(Process::destroyForcibly);
  }
}
