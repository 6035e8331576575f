package dev.reencodarr.activities.analysis;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at files with the file system and ffprobe; stores nothing. */
public final class FileAnalysis {

  private static final MediaFacts NOT_LOOKED_INTO =
      new MediaFacts("", 0, 0, 0, List.of(), 0, Map.of());

  private final Ffprobe ffprobe;
  private final MountCheck mounts;
  private final AttemptLogs logs;

  public FileAnalysis(Ffprobe ffprobe, MountCheck mounts, AttemptLogs logs) {
    this.ffprobe = ffprobe;
    this.mounts = mounts;
    this.logs = logs;
  }

  /**
   * Looks at one file.
   *
   * @throws ApplicationFailure made by {@link Faults}, if the file cannot be analysed
   */
  public Analysis look(MediaPath path) {
    return logs.during("analysis", Path.of(path.value()), log -> look(path, ffprobe.heardBy(log)));
  }

  private Analysis look(MediaPath path, Ffprobe heard) {
    try {
      return look(Path.of(path.value()), heard);
    } catch (NoSuchFileException e) {
      mounts.requireMounted(path);
      return new Analysis.Vanished();
    } catch (NotMedia e) {
      throw badMedia(e);
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Faults.of(Evidence.ofFile(EvidenceKind.FILE_ACCESS, path.value(), e.toString()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static Analysis.Analysed look(Path path, Ffprobe heard)
      throws NotMedia, IOException, InterruptedException {
    FileFacts file = FileLook.at(path);
    if (file.symlink()) {
      return new Analysis.Analysed(file, NOT_LOOKED_INTO);
    }
    if (file.identity().size() == 0) {
      throw NotMedia.impossible("the file is empty");
    }
    return unchanged(path, file, heard.read(path));
  }

  private static Analysis.Analysed unchanged(Path path, FileFacts file, MediaFacts media)
      throws IOException {
    if (!FileIdentity.Stamp.of(path).fits(file.identity())) {
      throw new IOException("the file was written to while it was looked at: " + path);
    }
    return new Analysis.Analysed(file, media);
  }

  /**
   * Looks at each of a handful of files, which is cheaper than one by one; what is wrong with one
   * does not touch the others.
   *
   * @return in the order of the paths
   */
  public List<LookOutcome> look(List<MediaPath> paths) {
    Map<MediaPath, Analysis> ordinary = ordinary(paths);
    return paths.stream()
        .map(path ->
            Optional.ofNullable(ordinary.get(path))
                .<LookOutcome>map(LookOutcome.Seen::new)
                .orElseGet(() -> outcome(path)))
        .toList();
  }

  private LookOutcome outcome(MediaPath path) {
    try {
      return new LookOutcome.Seen(look(path));
    } catch (RuntimeException fault) {
      return new LookOutcome.Failed(fault);
    }
  }

  /** Those that nothing is odd about; the others are worth a look of their own. */
  private Map<MediaPath, Analysis> ordinary(List<MediaPath> paths) {
    Map<Path, FileFacts> files = new LinkedHashMap<>();
    for (MediaPath path : paths) {
      Path file = Path.of(path.value());
      film(file).ifPresent(facts -> files.put(file, facts));
    }
    Map<Path, Ffprobe.Answer> answers = answers(List.copyOf(files.keySet()));
    Map<MediaPath, Analysis> ordinary = new HashMap<>();
    answers.forEach((file, answer) ->
        film(file, Optional.ofNullable(files.get(file)).orElseThrow(), answer)
            .ifPresent(analysed -> ordinary.put(new MediaPath(file.toString()), analysed)));
    return ordinary;
  }

  private static Optional<FileFacts> film(Path path) {
    try {
      return Optional.of(FileLook.at(path))
          .filter(file -> !file.symlink() && file.identity().size() > 0);
    } catch (IOException e) {
      // The look of its own tells what it is.
      return Optional.empty();
    }
  }

  private Optional<Analysis> film(Path path, FileFacts file, Ffprobe.Answer answer) {
    try {
      return Optional.of(unchanged(path, file, ffprobe.read(path, answer)));
    } catch (NotMedia | IOException | ApplicationFailure e) {
      // The look of its own tells what it is.
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Map<Path, Ffprobe.Answer> answers(List<Path> files) {
    try {
      return ffprobe.answers(files);
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static ApplicationFailure interrupted() {
    Thread.currentThread().interrupt();
    return Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stopped during the analysis");
  }

  private static ApplicationFailure badMedia(NotMedia cause) {
    String message = String.valueOf(cause.getMessage());
    return Faults.of(
        new Evidence(
            EvidenceKind.BAD_MEDIA,
            message,
            cause.end().map(ProgramEnd::exitCode).orElse(-1),
            0,
            cause.command(),
            cause.end().map(ProgramEnd::stderr).orElse(""),
            Map.of()));
  }
}
