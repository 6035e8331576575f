package dev.reencodarr.activities.search;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.process.LockedFolder;
import dev.reencodarr.activities.process.ScriptedTool;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.process.WithoutRootsRights;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEncodeProbeTest {

  private static final ProbeSetting FAST =
      new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv420p10le", List.of(), new Scoring("none", 1));

  private TestProbes world;
  private boolean unmounted = false;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    world = new TestProbes(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void requireMounted(MediaPath path) {
    if (unmounted) {
      throw Faults.of(EvidenceKind.MOUNT_GONE, "not mounted");
    }
  }

  private ProbeActivities probes(ToolSet tools) throws IOException {
    return world.with(tools, this::requireMounted);
  }

  private static ProbeRequest request(Path source, int mainVideo, double crf) throws IOException {
    return request(source, mainVideo, 0, crf);
  }

  private static ProbeRequest request(Path source, int mainVideo, double silent, double crf)
      throws IOException {
    return TestProbes.request(source, mainVideo, silent, FAST, crf);
  }

  private static SearchPoint point(ProbeOutcome outcome) {
    return TestProbes.point(outcome);
  }

  private String measuredWith() {
    return world
        .database
        .client()
        .sql("select measured_with from search_points")
        .query(String.class)
        .single();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("work/probes"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Seconds are counted from the clock's 0, and samples are sought from where the film begins. */
  @Test
  void aFilmWhoseClockBeginsLateIsSampledWhereItIs() throws Exception {
    Path clip = TestClips.made(folder.resolve("plain.mp4"), 2);
    Path late = folder.resolve("late.mkv");
    ffmpeg("-itsoffset", "100", "-i", clip, "-c", "copy", "-copyts", late);
    ProbeActivities probes = probes(TestTools.tools());

    double score = point(probes.probe(request(late, 0, 99.9, 45))).score();

    assertThat(score).isEqualTo(point(probes.probe(request(clip, 0, 45))).score());
    assertNothingIsLeft();
  }

  @Test
  void measuresAPointKeepsItAndNeverMeasuresItAgain() throws Exception {
    Path clip = TestClips.made(folder.resolve("it's a \"clip\" %03d\n🎬.mp4"), 2);
    ProbeActivities probes = probes(TestTools.tools());

    SearchPoint measured = point(probes.probe(request(clip, 0, 45.25)));

    assertThat(measured.crf()).isEqualTo(45.25);
    assertThat(measured.score()).isBetween(50.0, 100.0);
    assertThat(measured.predictedPercent()).isBetween(0.5, 60.0);
    assertThat(world.points.all(FileIdentity.of(clip), FAST)).containsExactly(measured);
    assertThat(measuredWith()).startsWith("ab-av1 ").contains(", ffmpeg version ");
    assertNothingIsLeft();

    ProbeRequest again = request(clip, 0, 45.25);
    Files.delete(clip);
    assertThat(probes.probe(again)).isEqualTo(new ProbeOutcome.Measured(measured, 0));
  }

  @Test
  void theFilmIsSampledThoughALargerPictureComesFirst() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 2);
    Path picture = folder.resolve("cover.jpg");
    ffmpeg("-f", "lavfi", "-i", "color=red:size=600x900", "-frames:v", "1", picture);
    Path pictureFirst = folder.resolve("first.mkv");
    ffmpeg("-i", picture, "-i", clip, "-map", "0", "-map", "1", "-c", "copy", pictureFirst);
    ProbeActivities probes = probes(TestTools.tools());

    SearchPoint ofTheClip = point(probes.probe(request(clip, 0, 45)));
    SearchPoint withPicture = point(probes.probe(request(pictureFirst, 1, 45)));

    assertThat(withPicture.score()).isEqualTo(ofTheClip.score());
    assertNothingIsLeft();
  }

  @Test
  void aSourceThatWasReplacedIsNotMeasured() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ProbeRequest request = request(clip, 0, 45);
    Files.write(clip, new byte[] {0}, StandardOpenOption.APPEND);
    ProbeActivities probes = probes(TestTools.tools());

    assertThat(probes.probe(request)).isInstanceOf(ProbeOutcome.SourceChanged.class);
    Files.delete(clip);
    assertThat(probes.probe(request)).isInstanceOf(ProbeOutcome.SourceChanged.class);

    unmounted = true;
    assertFault(
        probes, request, EvidenceKind.MOUNT_GONE, "crf_search/system_environment/ENV STOP_QUEUE");
  }

  @Test
  void aSampleThatIsTooSmallToBeScoredGivesUp() throws Exception {
    Path black = folder.resolve("black.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=black:size=64x64:rate=1:duration=900",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-qp",
        "51",
        black);

    Evidence evidence =
        assertFault(
            probes(TestTools.tools()),
            request(black, 0, 45),
            EvidenceKind.PROCESS_EXIT,
            "crf_search/vmaf_calculation/VMAF_CALC GIVE_UP");
    MadeForReal.as("sample too small", evidence);
    assertNothingIsLeft();
  }

  /** Tools that are scripts, over a film that is sound. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ab-av1  | exit 127                             | crf_search/system_environment/ENV STOP_QUEUE
          ab-av1  | sh -c 'kill -s TERM $$'; exit $?     | crf_search/resource_exhaustion/EXIT_143 RETRY
          ab-av1  | sh -c 'kill -s KILL $$'; exit $?     | crf_search/resource_exhaustion/EXIT_137 HALVE_THREADS
          ab-av1  | echo '{"vmaf": '                     | crf_search/vmaf_calculation/VMAF_CALC RETRY
          ffprobe | exit 127                             | crf_search/system_environment/ENV STOP_QUEUE
          ffprobe | echo '{"streams": ['                 | crf_search/vmaf_calculation/VMAF_CALC RETRY
          """)
  void whatIsWrongWithAToolIsNotLaidOnTheFilm(String tool, String script, String row)
      throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    byte[] before = Files.readAllBytes(clip);
    Path instead = ScriptedTool.made(folder.resolve(tool), script);
    ToolSet real = TestTools.tools();
    ToolSet tools =
        tool.equals("ab-av1")
            ? new ToolSet(instead, real.ffmpeg(), real.ffprobe())
            : new ToolSet(real.abAv1(), real.ffmpeg(), instead);

    assertThat(
            JudgedFault.row(
                FailureStage.CRF_SEARCH,
                catchThrowable(() -> probes(tools).probe(request(clip, 0, 45)))))
        .isEqualTo(row);
    assertThat(clip).hasBinaryContent(before);
    assertNothingIsLeft();
  }

  @Test
  void aProbeThatIsRefusedMemoryIsToMakeDoWithHalfTheThreads() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    byte[] before = Files.readAllBytes(clip);
    ToolSet real = TestTools.tools();
    Path narrow =
        ScriptedTool.made(
            folder.resolve("ab-av1"), "ulimit -v 300000\nexec '%s' \"$@\"".formatted(real.abAv1()));

    Evidence evidence =
        assertFault(
            probes(new ToolSet(narrow, real.ffmpeg(), real.ffprobe())),
            request(clip, 0, 45),
            EvidenceKind.PROCESS_EXIT,
            "crf_search/resource_exhaustion/RESOURCE_MEMORY HALVE_THREADS");
    MadeForReal.as("memory refused in a probe", evidence);
    assertThat(clip).hasBinaryContent(before);
    assertNothingIsLeft();
  }

  @Test
  void aFilmThatMayNotBeReadGivesUp() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ProbeRequest request = request(clip, 0, 45);
    WithoutRootsRights.forbidden(clip);
    ToolSet tools = WithoutRootsRights.tools(Files.createDirectory(folder.resolve("tools")));

    assertThat(
            JudgedFault.row(
                FailureStage.CRF_SEARCH, catchThrowable(() -> probes(tools).probe(request))))
        .isEqualTo("crf_search/file_access/FILE_ACCESS GIVE_UP");
    assertNothingIsLeft();
  }

  @Test
  void aWorkFolderThatCannotBeWrittenToIsTheFaultOfTheWorker() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    Path work = Files.createDirectories(folder.resolve("work/probes"));

    try (LockedFolder _ = LockedFolder.of(work)) {
      assertFault(
          probes(TestTools.tools()),
          request(clip, 0, 45),
          EvidenceKind.WORK_FOLDER,
          "crf_search/system_environment/ENV STOP_QUEUE");
    }
  }

  @Test
  void aSourceThatCannotBeSampledIsAFaultWithItsEvidence() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film ".repeat(500));

    Evidence evidence =
        assertFault(
            probes(TestTools.tools()),
            request(text, 0, 45),
            EvidenceKind.PROCESS_EXIT,
            "analysis/validation/VALIDATION GIVE_UP");

    assertThat(Path.of(evidence.context().get("log")))
        .content()
        .contains("file     " + text, "Invalid data found", "== exit code ");
    assertThat(evidence.context().get("log")).contains("/text.mkv.probe-");
    assertNothingIsLeft();
  }

  @Test
  void aProbeThatGoesWrongLeavesAllThatAbAv1HasSaid() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ProbeRequest unknownFormat =
        new ProbeRequest(
            new VideoId(UUID.randomUUID()),
            new MediaPath(clip.toString()),
            FileIdentity.of(clip),
            0,
            0,
            new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv422p", List.of(), new Scoring("none", 1)),
            45);

    Evidence evidence =
        JudgedFault.evidence(catchThrowable(() -> probes(TestTools.tools()).probe(unknownFormat)));

    assertThat(evidence.command()).contains("sample-encode");
    assertThat(Path.of(evidence.context().get("log")))
        .content()
        .contains("sample-encode", evidence.output().lines().toList().getLast());
    assertNothingIsLeft();
  }

  @Test
  void anAnswerWithoutAScoreIsUnreadable() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ToolSet tools =
        new ToolSet(Path.of("/bin/true"), TestTools.tools().ffmpeg(), TestTools.tools().ffprobe());

    Evidence evidence =
        assertFault(
            probes(tools),
            request(clip, 0, 45),
            EvidenceKind.UNREADABLE_ANSWER,
            "crf_search/vmaf_calculation/VMAF_CALC RETRY");
    MadeForReal.as("score not parsable, of a probe", evidence);
  }

  @Test
  void aMissingToolIsTheFaultOfTheWorker() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ToolSet tools =
        new ToolSet(
            folder.resolve("none"), TestTools.tools().ffmpeg(), TestTools.tools().ffprobe());

    Evidence evidence =
        assertFault(
            probes(tools),
            request(clip, 0, 45),
            EvidenceKind.TOOL_UNFIT,
            "crf_search/system_environment/ENV STOP_QUEUE");
    MadeForReal.as("missing ab-av1", evidence);
  }

  private static Evidence assertFault(
      ProbeActivities probes, ProbeRequest request, EvidenceKind kind, String row) {
    Evidence evidence = JudgedFault.evidence(catchThrowable(() -> probes.probe(request)));
    assertThat(evidence.kind()).isEqualTo(kind);
    assertThat(JudgedFault.row(FailureStage.CRF_SEARCH, evidence)).isEqualTo(row);
    return evidence;
  }
}
