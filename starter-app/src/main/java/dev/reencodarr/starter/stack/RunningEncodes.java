package dev.reencodarr.starter.stack;

import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The encodes of this machine that run in their job folders, with a worker or without. */
public final class RunningEncodes {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path work;

  /**
   * @param work the work folder of this machine's worker
   */
  public RunningEncodes(Path work) {
    this.work = work;
  }

  /** A line for each: which file, and for how long it has run. */
  public List<String> describe() throws IOException {
    List<String> lines = new ArrayList<>();
    for (JobFolder folder : running()) {
      lines.add(describe(folder));
    }
    return List.copyOf(lines);
  }

  private static String describe(JobFolder folder) throws IOException {
    Optional<JobRecord> record = folder.record();
    String time =
        record
            .map(JobRecord::runningSince)
            .map(started -> Duration.between(started, Instant.now()))
            .map(ran -> ", " + Math.max(1, ran.toMinutes()) + " min of encoding")
            .orElse("");
    return source(folder).orElse(folder.name()) + time;
  }

  /** The name of the original behind the job's short link. */
  private static Optional<String> source(JobFolder folder) throws IOException {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(folder.path(), "src*")) {
      for (Path link : links) {
        if (Files.isSymbolicLink(link)) {
          return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
        }
      }
    }
    return Optional.empty();
  }

  /** Ends them by SIGINT, with everything they have started, and removes what they have made. */
  void endAll(Consumer<String> say) throws InterruptedException {
    try {
      for (JobFolder folder : running()) {
        say.accept(
            "ending the encode of " + describe(folder) + "; it begins anew at the next start");
        DetachedJob.in(folder).end(PATIENCE);
        try (var _ = new JobFolders(work).lock()) {
          folder.remove();
        }
      }
    } catch (IOException e) {
      say.accept("an encode could not be ended: " + e.getMessage());
    }
  }

  private List<JobFolder> running() throws IOException {
    if (!Files.isDirectory(work)) {
      return List.of();
    }
    List<JobFolder> running = new ArrayList<>();
    for (JobFolder folder : new JobFolders(work).all()) {
      if (DetachedJob.in(folder).isRunning()) {
        running.add(folder);
      }
    }
    return running;
  }
}
