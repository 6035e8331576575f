package dev.reencodarr.activities.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisActivitiesTest {

  private final Map<VideoId, Analysis.Analysed> stored = new HashMap<>();
  private boolean unmounted = false;
  private Optional<Analysis.Settled> settled = Optional.empty();
  private final VideoId video = new VideoId(UUID.randomUUID());
  private AnalysisActivitiesImpl activities;

  @TempDir Path folder;

  @BeforeEach
  void open() throws IOException {
    FileAnalysis files =
        new FileAnalysis(
            new Ffprobe(new PlainRunner(), TestTools.tools()),
            path -> {
              if (unmounted) {
                throw Faults.of(EvidenceKind.MOUNT_GONE, "not mounted");
              }
            },
            new AttemptLogs(new JobFolders(folder.resolve("work")).logs(), "here"));
    activities = new AnalysisActivitiesImpl(files, stored::put, (video, path) -> settled);
  }

  private static MediaPath path(Path file) {
    return new MediaPath(file.toString());
  }

  @Test
  void whatIsFoundOutIsReturnedAndStored() {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);

    Analysis analysis = activities.analyse(video, path(clip));

    Analysis.Analysed analysed = (Analysis.Analysed) analysis;
    assertThat(stored).containsEntry(video, analysed);
    assertThat(analysed.media().mainVideo()).isPresent();
    assertThat(analysed.file().hardLinks()).isEqualTo(1);
  }

  @Test
  void aFileThatIsSettledOnDiskIsNotLookedInto() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film");
    Analysis.Settled back =
        new Analysis.Settled(path(text), new SourceIdentity(7, Instant.EPOCH, "hash"), true);
    settled = Optional.of(back);

    assertThat(activities.analyse(video, path(text))).isEqualTo(back);
    assertThat(stored).isEmpty();
  }

  @Test
  void aFileThatIsGoneIsNoFailure() {
    assertThat(activities.analyse(video, path(folder.resolve("gone.mkv"))))
        .isEqualTo(new Analysis.Vanished());
    assertThat(stored).isEmpty();
  }

  @Test
  void aFileOfALibraryThatIsNotMountedIsNotTakenForDeleted() {
    unmounted = true;

    assertKind(folder.resolve("gone.mkv"), EvidenceKind.MOUNT_GONE);
  }

  @Test
  void aSymbolicLinkIsNotLookedInto() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("l.mkv"), folder.resolve("nowhere"));

    Analysis analysis = activities.analyse(video, path(link));

    assertThat(((Analysis.Analysed) analysis).file().symlink()).isTrue();
  }

  @Test
  void emptyAndDamagedFilesAreBadMedia() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.mkv"));
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film ".repeat(100));

    assertKind(empty, EvidenceKind.BAD_MEDIA);
    assertKind(text, EvidenceKind.BAD_MEDIA);
  }

  @Test
  void aFolderInPlaceOfAFileIsAnAccessFault() {
    assertKind(folder, EvidenceKind.FILE_ACCESS);
  }

  private void assertKind(Path file, EvidenceKind kind) {
    assertThatThrownBy(() -> activities.analyse(video, path(file)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(kind.name()));
  }
}
