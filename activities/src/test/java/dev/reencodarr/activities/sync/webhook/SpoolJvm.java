package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.workflows.sync.ArrKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Another JVM that keeps events and says each that is kept, to be killed. */
public final class SpoolJvm {

  private SpoolJvm() {}

  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolJvm.class.getName(),
                folder.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    EventSpool spool = EventSpool.open(Path.of(arguments[0]));
    AtomicLong next = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(() -> keepOn(spool, next));
    }
  }

  private static void keepOn(EventSpool spool, AtomicLong next) {
    try {
      while (true) {
        long title = next.incrementAndGet();
        spool.keep(new SpooledEvent(3, "tv", ArrKind.SONARR, "attic", title));
        System.out.println(title + ".");
      }
    } catch (IOException e) {
      System.exit(1);
    }
  }
}
