package dev.reencodarr.activities.analysis;

import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks at a file with the file system and ffprobe. */
public final class AnalysisActivitiesImpl implements AnalysisActivities {

  private static final MediaFacts NOT_LOOKED_INTO =
      new MediaFacts("", 0, 0, List.of(), 0, Map.of());

  private final Ffprobe ffprobe;
  private final FactsStore store;
  private final MountCheck mounts;

  public AnalysisActivitiesImpl(Ffprobe ffprobe, FactsStore store, MountCheck mounts) {
    this.ffprobe = ffprobe;
    this.store = store;
    this.mounts = mounts;
  }

  @Override
  public Analysis analyse(VideoId video, MediaPath path) {
    Analysis analysis = look(path);
    if (analysis instanceof Analysis.Analysed analysed) {
      store.store(video, analysed);
    }
    return analysis;
  }

  @Override
  public boolean exists(MediaPath path) {
    return Files.exists(Path.of(path.value()), LinkOption.NOFOLLOW_LINKS);
  }

  /** Measures and stores nothing. */
  public Analysis look(MediaPath path) {
    try {
      return look(Path.of(path.value()));
    } catch (NoSuchFileException e) {
      mounts.requireMounted(path);
      return new Analysis.Vanished();
    } catch (NotMedia e) {
      throw badMedia(e);
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.FILE_ACCESS, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stopped during the analysis");
    }
  }

  private Analysis.Analysed look(Path path) throws NotMedia, IOException, InterruptedException {
    FileFacts file = FileLook.at(path);
    if (file.symlink()) {
      return new Analysis.Analysed(file, NOT_LOOKED_INTO);
    }
    if (file.identity().size() == 0) {
      throw NotMedia.impossible("the file is empty");
    }
    MediaFacts media = ffprobe.read(path);
    if (!FileIdentity.Stamp.of(path).fits(file.identity())) {
      throw new IOException("the file was written to while it was looked at: " + path);
    }
    return new Analysis.Analysed(file, media);
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
