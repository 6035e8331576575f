package dev.reencodarr.activities.analysis;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.WithoutRootsRights;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM without root's rights that looks at a file, and says what it has seen. */
public final class LookJvm {

  private LookJvm() {}

  /** What it says: the kind and the row of its fault, or that it could read the file. */
  static String look(Path file) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(WithoutRootsRights.prefix());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LookJvm.class.getName(),
            file.toString()));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jvm.waitFor();
    return said.strip();
  }

  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("look");
    FileAnalysis looks =
        new FileAnalysis(
            new Ffprobe(new PlainRunner(), TestTools.tools()),
            path -> {},
            new AttemptLogs(new JobFolders(work).logs(), "here"));
    try {
      System.out.println("it could be read: " + looks.look(new MediaPath(arguments[0])));
    } catch (ApplicationFailure fault) {
      System.out.println(fault.getType() + " " + JudgedFault.row(FailureStage.ANALYSIS, fault));
    }
  }
}
