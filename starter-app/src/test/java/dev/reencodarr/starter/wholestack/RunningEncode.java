package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** An encode in its job folder, and the processes that were at work on it when it was found. */
final class RunningEncode {

  private final JobFolder job;
  private final List<ProcessHandle> found;

  RunningEncode(JobFolder job) {
    this.job = job;
    this.found = ProcessHandle.allProcesses().filter(this::worksHere).toList();
    assertThat(found).as("processes in " + job.path()).isNotEmpty();
  }

  private boolean worksHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(job.path());
    } catch (IOException goneOrNobodysBusiness) {
      return false;
    }
  }

  Path folder() {
    return job.path();
  }

  /** Those of its processes that live. */
  List<ProcessHandle> processes() {
    return found.stream().filter(ProcessHandle::isAlive).toList();
  }

  boolean includes(ProcessHandle process) {
    return found.contains(process);
  }

  /** The activity that waits for it. */
  String attempt() throws IOException {
    return record().attempt().activityId();
  }

  int launches() throws IOException {
    return record().launches();
  }

  Instant begun() throws IOException {
    return record().firstStarted();
  }

  private JobRecord record() throws IOException {
    return job.record().orElseThrow();
  }

  /** Frames that ffmpeg says to have encoded. */
  long frames() throws IOException {
    try (Stream<String> lines = Files.lines(job.file("progress"))) {
      return lines
          .filter(line -> line.startsWith("frame="))
          .mapToLong(line -> Long.parseLong(line.substring("frame=".length()).strip()))
          .max()
          .orElse(0);
    }
  }

  /** Stops its processes where they are, alive. */
  void hold() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    for (ProcessHandle process : processes()) {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).as("kill -" + name).isZero();
    }
  }
}
