package dev.reencodarr.activities.search;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleEncodeProbeTest {

  private static final ProbeSetting FAST =
      new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv420p10le", List.of(), new Scoring("none", 1));

  private final Database database = TestDatabase.fresh();
  private final SearchPointRepository points = new SearchPointRepository(database);
  private final TestActivityEnvironment temporal =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .build());

  @TempDir Path folder;

  @AfterEach
  void closeTemporal() {
    temporal.close();
  }

  private ProbeActivities probes(ToolSet tools) throws IOException {
    Path work = folder.resolve("work");
    temporal.registerActivitiesImplementations(
        new SampleEncodeProbe(
            new BoundRunner(tools, work.resolve("home")),
            new AttemptLogs(new JobFolders(work).logs(), "host"),
            new InstalledTools(tools, new PlainRunner(), folder),
            new Machine("host", "default", work),
            new CoreBudget(1, 1),
            points,
            new PauseRepository(database)));
    return temporal.newActivityStub(ProbeActivities.class);
  }

  private static ProbeRequest request(Path source, int mainVideo, double crf) throws IOException {
    return request(source, mainVideo, 0, crf);
  }

  private static ProbeRequest request(Path source, int mainVideo, double silent, double crf)
      throws IOException {
    return new ProbeRequest(
        new VideoId(UUID.randomUUID()),
        new MediaPath(source.toString()),
        FileIdentity.of(source),
        mainVideo,
        silent,
        FAST,
        crf);
  }

  private static SearchPoint point(ProbeOutcome outcome) {
    return ((ProbeOutcome.Measured) outcome).point();
  }

  private String measuredWith() {
    return database
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
    assertThat(points.all(FileIdentity.of(clip), FAST)).containsExactly(measured);
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
  }

  @Test
  void aSourceThatCannotBeSampledIsAFaultWithItsEvidence() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mkv"), "no film ".repeat(500));

    Evidence evidence =
        assertKind(probes(TestTools.tools()), request(text, 0, 45), EvidenceKind.PROCESS_EXIT);

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
        assertKind(probes(TestTools.tools()), unknownFormat, EvidenceKind.PROCESS_EXIT);

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

    assertKind(probes(tools), request(clip, 0, 45), EvidenceKind.UNREADABLE_ANSWER);
  }

  @Test
  void aMissingToolIsTheFaultOfTheWorker() throws Exception {
    Path clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    ToolSet tools =
        new ToolSet(
            folder.resolve("none"), TestTools.tools().ffmpeg(), TestTools.tools().ffprobe());

    assertKind(probes(tools), request(clip, 0, 45), EvidenceKind.TOOL_UNFIT);
  }

  private static Evidence assertKind(
      ProbeActivities probes, ProbeRequest request, EvidenceKind kind) {
    ActivityFailure failure =
        catchThrowableOfType(ActivityFailure.class, () -> probes.probe(request));
    Evidence evidence = FailureReading.of(failure);
    assertThat(evidence.kind()).isEqualTo(kind);
    return evidence;
  }
}
