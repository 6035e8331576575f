package dev.reencodarr.activities.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Another JVM at the same work, to be killed. */
public final class OtherJvm {

  private OtherJvm() {}

  /** What it does. */
  enum Job {
    /** Runs a bound program. */
    BOUND,
    /** Starts a detached job and waits. */
    DETACHED
  }

  static Process start(Job job, Path folder, String marker) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            OtherJvm.class.getName(),
            job.name(),
            folder.toString(),
            marker)
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    String marker = arguments[2] + "-work";
    List<String> command =
        List.of("/bin/sh", "-c", "sh -c 'sh -c \"sleep 300; exit\" $0; exit' $0; exit", marker);
    ToolSet tools = TestTools.tools();
    switch (Job.valueOf(arguments[0])) {
      case BOUND ->
          new BoundRunner(tools, folder.resolve("home"))
              .run(
                  new ProgramCall(command, folder, Map.of(), Duration.ofMinutes(5), 100, true),
                  () -> {});
      case DETACHED -> {
        JobFolder job = new JobFolders(folder).folder("owner", "key");
        DetachedJob.in(job)
            .start(
                command,
                tools,
                folder.resolve("home"),
                new JobRecord.Attempt("workflow", "run", "activity"),
                Instant.now());
        Thread.sleep(Duration.ofMinutes(5));
      }
    }
  }
}
