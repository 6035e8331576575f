package dev.reencodarr.activities.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.FuseMount;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ScriptedTool;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.process.WithoutRootsRights;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            logs());
    activities = new AnalysisActivitiesImpl(files, stored::put, (video, path) -> settled);
  }

  private AttemptLogs logs() throws IOException {
    return new AttemptLogs(new JobFolders(folder.resolve("work")).logs(), "here");
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

    assertKind(
        folder.resolve("gone.mkv"),
        EvidenceKind.MOUNT_GONE,
        "analysis/system_environment/ENV STOP_QUEUE");
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

    assertKind(empty, EvidenceKind.BAD_MEDIA, "analysis/validation/VALIDATION GIVE_UP");
    assertKind(text, EvidenceKind.BAD_MEDIA, "analysis/validation/VALIDATION GIVE_UP");
  }

  @Test
  void aFileThatMayNotBeReadIsSaidToBeThat() throws Exception {
    Path clip = TestClips.made(folder.resolve("No space left on device.mp4"), 1);

    String said = LookJvm.look(WithoutRootsRights.forbidden(clip));

    assertThat(said).isEqualTo("FILE_ACCESS analysis/file_access/FILE_ACCESS GIVE_UP");
    String[] kindAndRow = said.split(" ", 2);
    MadeForReal.as("permission denied, at the analysis", kindAndRow[0], kindAndRow[1]);
  }

  @Test
  void aFilmWithoutAPictureSizeIsBadMedia() throws Exception {
    Path film = folder.resolve("film.avi");
    TestClips.ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=size=64x64:duration=1", "-c:v", "rawvideo", film);
    byte[] bytes = Files.readAllBytes(film);
    // Width and height stand in the main header and in the stream's own.
    ByteBuffer.wrap(bytes)
        .putLong(indexOf(bytes, "avih") + 40, 0)
        .putLong(indexOf(bytes, "strf") + 12, 0);
    Files.write(film, bytes);

    Throwable fault = catchThrowable(() -> activities.analyse(video, path(film)));

    assertThat(fault).hasMessageContaining("0×0");
    assertThat(row(fault)).isEqualTo("analysis/validation/VALIDATION GIVE_UP");
    MadeForReal.as("0×0", fault);
  }

  private static int indexOf(byte[] bytes, String chunk) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(chunk);
  }

  @Test
  void aFolderInPlaceOfAFileIsAnAccessFault() {
    assertKind(folder, EvidenceKind.FILE_ACCESS, "analysis/file_access/FILE_ACCESS RETRY");
  }

  @Test
  void aMountThatHasGoneStaleIsNotLaidOnTheFile() throws Exception {
    Path below = Files.createDirectory(folder.resolve("below"));
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path clip = TestClips.made(below.resolve("clip.mp4"), 1);
    byte[] before = Files.readAllBytes(clip);
    try (FuseMount fuse = FuseMount.of(below, mount)) {
      Path film = mount.resolve("clip.mp4");
      assertThat(activities.analyse(video, path(film))).isInstanceOf(Analysis.Analysed.class);

      fuse.becomeStale();

      Throwable fault = catchThrowable(() -> activities.analyse(video, path(film)));
      assertThat(row(fault)).isEqualTo("analysis/system_environment/ENV STOP_QUEUE");
      MadeForReal.as("stale mount", fault);
    }
    assertThat(clip).hasBinaryContent(before);
  }

  /** An ffprobe that is this script, a sound film that it is asked about, and the matrix's line. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exit 127                                          | analysis/system_environment/ENV STOP_QUEUE | ''
          exit 126                                          | analysis/system_environment/ENV STOP_QUEUE | ''
          kill -s SEGV $$                                   | analysis/system_environment/EXIT_139 RETRY | ffprobe crashes
          kill -s KILL $$                                   | analysis/resource_exhaustion/EXIT_137 HALVE_THREADS | ''
          exit 1                                            | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ffprobe fails without a word on the file
          exit 70                                           | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ''
          echo '{"streams": ['                              | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ffprobe prints broken JSON
          exit 0                                            | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ''
          echo '[]'                                         | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ''
          echo a warning; exec "$REAL" "$@"                 | analysis/mediainfo_parsing/MEDIAINFO_PARSE RETRY | ''
          echo "$NAME: Stale file handle" >&2; exit 1       | analysis/system_environment/ENV STOP_QUEUE | ''
          echo "$NAME: Input/output error" >&2; exec "$REAL" "$@" | analysis/system_environment/ENV RETRY | ''
          echo "$NAME: Cannot allocate memory" >&2; exit 1  | analysis/resource_exhaustion/RESOURCE_MEMORY HALVE_THREADS | ''
          echo "$NAME: Invalid data found when processing input" >&2; exit 1 | analysis/validation/VALIDATION GIVE_UP | ''
          """)
  void whatIsWrongWithFfprobeIsNotLaidOnTheFile(String script, String row, String line)
      throws Exception {
    Path clip = TestClips.made(folder.resolve("Input output error.mp4"), 1);
    byte[] before = Files.readAllBytes(clip);
    FileAnalysis looks = lookingWith(script, clip);

    Throwable fault = catchThrowable(() -> looks.look(path(clip)));

    assertThat(row(fault)).isEqualTo(row);
    if (!line.isEmpty()) {
      MadeForReal.as(line, fault);
    }
    assertThat(looks.look(List.of(path(clip), path(clip))))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    LookOutcome.Failed.class,
                    failed -> assertThat(row(failed.fault())).isEqualTo(row)));
    assertThat(clip).hasBinaryContent(before);
  }

  @Test
  void anFfprobeThatDoesNotEndHasPassedItsLimit() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ToolSet tools = withFfprobe("exec sleep 600", clip);
    BoundRunner runner = new BoundRunner(tools, folder.resolve("home"));
    FileAnalysis looks =
        new FileAnalysis(
            new Ffprobe(
                (call, everySecond) ->
                    runner.run(limited(call, Duration.ofSeconds(1)), everySecond),
                tools),
            path -> {},
            logs());

    assertThat(row(catchThrowable(() -> looks.look(path(clip)))))
        .isEqualTo("analysis/timeout/TIMEOUT RETRY");
  }

  private static ProgramCall limited(ProgramCall call, Duration limit) {
    return new ProgramCall(
        call.arguments(),
        call.folder(),
        call.environment(),
        limit,
        call.stdoutLimit(),
        call.quiet());
  }

  private FileAnalysis lookingWith(String script, Path clip) throws IOException {
    ToolSet tools = withFfprobe(script, clip);
    return new FileAnalysis(
        new Ffprobe(new BoundRunner(tools, folder.resolve("home")), tools), path -> {}, logs());
  }

  private ToolSet withFfprobe(String script, Path clip) throws IOException {
    ToolSet tools = TestTools.tools();
    return new ToolSet(
        tools.abAv1(),
        tools.ffmpeg(),
        ScriptedTool.made(
            folder.resolve("ffprobe"),
            "REAL='" + tools.ffprobe() + "' NAME='" + clip + "'\n" + script));
  }

  private static String row(Throwable thrown) {
    return JudgedFault.row(FailureStage.ANALYSIS, thrown);
  }

  private void assertKind(Path file, EvidenceKind kind, String row) {
    assertThatThrownBy(() -> activities.analyse(video, path(file)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(kind.name());
              assertThat(row(failure)).isEqualTo(row);
            });
  }
}
