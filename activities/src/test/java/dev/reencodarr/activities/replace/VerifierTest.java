package dev.reencodarr.activities.replace;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.reencodarr.activities.analysis.Ffprobe;
import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.ScriptedTool;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.plan.PlannedStream.Action;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.Verdict.Check;
import dev.reencodarr.workflows.replace.VerifyRequest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real files and real tools; each fault that ab-av1's own check lets pass is refused here. */
class VerifierTest {

  private static final Ffprobe FFPROBE = new Ffprobe(new TestRunner(), TestTools.tools());

  private static final List<String> AV1 =
      List.of("-c:v:0", "libsvtav1", "-preset", "12", "-crf", "30", "-pix_fmt", "yuv420p10le");

  private static final Scoring XPSNR = new Scoring(Metric.XPSNR, "none", 1, "yuv420p");

  @TempDir private static Path folder;
  private static Path source;
  private static Path good;
  private static Path trailer;
  private static Path goodTrailer;

  private final CoreBudget cores = new CoreBudget(1, 2);
  private boolean unmounted = false;

  @BeforeAll
  static void aFilmWithEverythingInIt() throws IOException {
    Path chapters = folder.resolve("chapters.txt");
    Files.writeString(
        chapters,
        """
        ;FFMETADATA1
        [CHAPTER]
        TIMEBASE=1/1
        START=0
        END=3
        title=One
        [CHAPTER]
        TIMEBASE=1/1
        START=3
        END=6
        title=Two
        """);
    Path subtitle = folder.resolve("words.srt");
    Files.writeString(subtitle, "1\n00:00:01,000 --> 00:00:02,000\nWords\n");
    Path font = Files.writeString(folder.resolve("font.ttf"), "no real font");
    source = folder.resolve("source.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=25:duration=6",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:duration=6",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=880:duration=6",
        "-i",
        subtitle,
        "-i",
        chapters,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        "-map",
        "3",
        "-map_chapters",
        "4",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "4",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-c:s",
        "srt",
        "-metadata:s:a:0",
        "language=ger",
        "-metadata:s:a:0",
        "title=Ton",
        "-metadata:s:a:1",
        "language=eng",
        "-metadata:s:s:0",
        "language=eng",
        "-disposition:a:0",
        "default",
        "-disposition:a:1",
        "0",
        "-disposition:s:0",
        "forced",
        "-attach",
        font,
        "-metadata:s:t:0",
        "mimetype=application/x-truetype-font",
        source);
    good = encoded(source, "good.mkv", List.of());
    trailer =
        copied(TestClips.real("trailer_bbb.mp4"), "trailer.mp4", List.of("-c", "copy", "-t", "26"));
    goodTrailer = encoded(trailer, "trailer.av1.mp4", List.of("-crf", "40"));
  }

  /** As ab-av1 would do it. */
  private static Path encoded(Path from, String name, List<String> more) {
    Path result = folder.resolve(name);
    List<Object> arguments = new ArrayList<>(List.of("-i", from, "-map", "0", "-c", "copy"));
    arguments.addAll(AV1);
    arguments.addAll(more);
    arguments.add(result);
    ffmpeg(arguments.toArray());
    return result;
  }

  private static Path copied(Path from, String name, List<String> how, String... input) {
    Path result = folder.resolve(name);
    List<Object> arguments = new ArrayList<>(List.of(input));
    arguments.addAll(List.of("-i", from));
    arguments.addAll(how);
    arguments.add(result);
    ffmpeg(arguments.toArray());
    return result;
  }

  private Verifier verifier() throws IOException {
    return verifier(TestTools.tools());
  }

  private Verifier verifier(ToolSet tools) throws IOException {
    Path work = folder.resolve("work");
    BoundRunner runner = new BoundRunner(tools, work.resolve("home"));
    return new Verifier(
        runner,
        new AttemptLogs(new JobFolders(work).logs(), "bench"),
        tools,
        ReplaceBench.machine(),
        new DeviceBudgets(cores, 1, 2),
        new Ffprobe(runner, tools),
        path -> {
          if (unmounted) {
            throw Faults.of(EvidenceKind.MOUNT_GONE, "not mounted");
          }
        },
        () -> progress -> {});
  }

  private Verdict verify(Path original, Path result) throws Exception {
    return verify(original, result, 0);
  }

  private Verdict verify(Path original, Path result, long sourceFrames) throws Exception {
    return verifier().verify(request(original, result, sourceFrames));
  }

  private static VerifyRequest request(Path original, Path result, long sourceFrames)
      throws Exception {
    MediaFacts facts = FFPROBE.read(original);
    return new VerifyRequest(
        new VideoId(UUID.randomUUID()),
        ReplaceBench.media(original),
        FileIdentity.of(original),
        facts,
        plan(named(original, result), facts),
        90,
        new EncodeOutcome.Encoded(
            "job", "host", ReplaceBench.media(result), Files.size(result), sourceFrames, 1, 1));
  }

  /** Where the result comes to lie: beside its source, in its own container. */
  private static Path named(Path original, Path result) {
    String name = result.getFileName().toString();
    return original.resolveSibling("target" + name.substring(name.lastIndexOf('.')));
  }

  private static EncodePlan plan(Path target, MediaFacts facts) {
    int main = facts.mainVideo().orElseThrow().index();
    List<PlannedStream> streams =
        facts.streams().stream().map(stream -> planned(stream, main)).toList();
    return new EncodePlan(
        Encoder.LIBSVTAV1,
        90,
        90,
        "yuv420p10le",
        List.of(),
        List.of(),
        List.of(),
        streams,
        ReplaceBench.media(target),
        QualitySettings.defaults().with(new Scoring("none", 1)));
  }

  /** The same, where results are checked. */
  private static VerifyRequest checked(
      VerifyRequest request, ResultCheck check, Scoring scoring, double target) {
    return with(request, request.plan().quality().with(scoring).with(check), target);
  }

  /** The same, where something else than the mean counts. */
  private static VerifyRequest pooled(VerifyRequest request, ScorePool pool) {
    return with(request, request.plan().quality().with(pool), request.target());
  }

  private static VerifyRequest with(VerifyRequest request, QualitySettings quality, double target) {
    EncodePlan plan = request.plan();
    return new VerifyRequest(
        request.video(),
        request.source(),
        request.identity(),
        request.facts(),
        new EncodePlan(
            plan.encoder(),
            target,
            target,
            plan.pixelFormat(),
            plan.encodeArguments(),
            plan.streamArguments(),
            plan.prepareArguments(),
            plan.streams(),
            plan.targetPath(),
            quality),
        target,
        request.result());
  }

  private double byAbAv1(String metric, Path original, Path result, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                TestTools.tools().abAv1().toString(),
                metric,
                "--reference",
                original.toString(),
                "--distorted",
                result.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder
        .environment()
        .put(
            "PATH",
            TestTools.tools().ffmpeg().getParent() + ":" + TestTools.tools().ffprobe().getParent());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Double.parseDouble(said.strip());
  }

  private static PlannedStream planned(MediaStream stream, int main) {
    String type =
        switch (stream) {
          case MediaStream.Video video -> "video";
          case MediaStream.Audio audio -> "audio";
          case MediaStream.Subtitle subtitle -> "subtitle";
          case MediaStream.Attachment attachment -> "attachment";
          case MediaStream.Data data -> "data";
        };
    return stream.index() == main
        ? new PlannedStream(stream.index(), type, Action.ENCODE, "av1", "")
        : new PlannedStream(stream.index(), type, Action.COPY, stream.codec(), "");
  }

  private static void assertRefused(ThrowingCallable verification, Check check) {
    Throwable thrown = catchThrowable(verification);
    assertThat(thrown).isInstanceOf(ApplicationFailure.class);
    Evidence evidence = JudgedFault.evidence(thrown);
    assertThat(evidence.kind()).as(evidence.toString()).isEqualTo(EvidenceKind.RESULT_REFUSED);
    assertThat(evidence.message()).startsWith(check + ": ");
    assertThat(row(thrown)).isEqualTo("post_process/validation/VERIFY_FAILED GIVE_UP");
  }

  @Test
  @Timeout(60)
  void theResultOfAGpuIsVerifiedWhileTheCpuIsTaken() throws Exception {
    VerifyRequest request = request(source, good, 150);
    EncodePlan plan = request.plan();
    EncodePlan ofGpu =
        new EncodePlan(
            Encoder.AV1_NVENC,
            plan.target(),
            plan.floor(),
            plan.pixelFormat(),
            plan.encodeArguments(),
            plan.streamArguments(),
            plan.prepareArguments(),
            plan.streams(),
            plan.targetPath(),
            plan.quality());
    try (CoreBudget.Lease _ = cores.take(() -> {})) {
      Verdict verdict =
          verifier()
              .verify(
                  new VerifyRequest(
                      request.video(),
                      request.source(),
                      request.identity(),
                      request.facts(),
                      ofGpu,
                      request.target(),
                      request.result()));

      assertThat(verdict).isInstanceOf(Verdict.Verified.class);
    }
  }

  @Test
  void aWholeResultIsVerifiedWithItsChecksum() throws Exception {
    Verdict verdict = verify(source, good, 150);

    assertThat(verdict).isInstanceOf(Verdict.Verified.class);
    Verdict.Verified verified = (Verdict.Verified) verdict;
    assertThat(verified.sha256()).isEqualTo(Sha256.of(good, bytes -> {}));
    assertThat(verified.sizeBytes()).isEqualTo(Files.size(good));
    assertThat(verified.segmentScore()).isBetween(87.0, 100.0);
  }

  @Test
  void aResultThatIsCheckedScoresWhatAbAv1SaysOfIt() throws Exception {
    VerifyRequest request = request(source, good, 150);
    Scoring vmaf = new Scoring("none", 1);

    Verdict byVmaf = verifier().verify(checked(request, ResultCheck.WHOLE, vmaf, 80));
    Verdict byXpsnr = verifier().verify(checked(request, ResultCheck.WHOLE, XPSNR, 25));

    assertThat(((Verdict.Verified) byVmaf).segmentScore())
        .isCloseTo(byAbAv1("vmaf", source, good, "--vmaf-scale", "none"), within(0.1));
    assertThat(((Verdict.Verified) byXpsnr).segmentScore())
        .isCloseTo(byAbAv1("xpsnr", source, good, "--xpsnr-pix-format", "yuv420p"), within(0.1));
  }

  /** By their numbers, most of its frames would be compared with others. */
  @Test
  void aFrameThatAResultLacksCostsOneFrameAndNotTheRestOfTheFilm() throws Exception {
    Path gap =
        encoded(
            source,
            "gap.mkv",
            List.of("-vf", "select=not(eq(n\\,30))", "-fps_mode", "passthrough"));

    assertThat(xpsnr(ResultCheck.WHOLE, source, gap))
        .isCloseTo(xpsnr(ResultCheck.WHOLE, source, good), within(1.0));
  }

  /** Their frames begin somewhere within a slot of the rate at which they are compared. */
  @Test
  void framesThatLieOffTheGridAreComparedWithTheirLikesByXpsnrToo() throws Exception {
    Path stream =
        copied(
            source,
            "off.ts",
            List.of("-map", "0:v", "-map", "0:a:0", "-c:v", "copy", "-c:a", "aac", "-t", "2"));

    assertThat(xpsnr(ResultCheck.OFF, stream, encoded(stream, "off.ts.mkv", List.of())))
        .isCloseTo(xpsnr(ResultCheck.WHOLE, source, good), within(2.0));
  }

  /** VMAF of the clip is far above 46, which would do for any target in dB. */
  @Test
  void withoutACheckSegmentsAreHeldAgainstATargetInDbByXpsnr() throws Exception {
    VerifyRequest request = request(trailer, goodTrailer, 0);
    double score = xpsnr(ResultCheck.OFF, trailer, goodTrailer);

    assertThat(score)
        .isCloseTo(
            byAbAv1("xpsnr", trailer, goodTrailer, "--xpsnr-pix-format", "yuv420p"), within(1.5));
    assertRefused(
        () -> verifier().verify(checked(request, ResultCheck.OFF, XPSNR, score + 6.6)),
        Check.SEGMENT_SCORE);
  }

  /** Of its three segments two are of the hardest scenes: 5 dB below what the film has. */
  @Test
  void anHonestFilmOfEasyAndHardScenesReachesItsTargetInDb() throws Exception {
    Path original =
        copied(TestClips.real("trailer_bbb.mp4"), "scenes.mp4", List.of("-c", "copy", "-t", "44"));
    Path result = encoded(original, "scenes.mkv", List.of());
    double target = xpsnr(ResultCheck.WHOLE, original, result);

    assertThat(
            verifier()
                .verify(checked(request(original, result, 0), ResultCheck.OFF, XPSNR, target)))
        .isInstanceOf(Verdict.Verified.class);
  }

  private double xpsnr(ResultCheck check, Path original, Path result) throws Exception {
    Verdict verdict = verifier().verify(checked(request(original, result, 0), check, XPSNR, 25));
    assertThat(verdict).isInstanceOf(Verdict.Verified.class);
    return ((Verdict.Verified) verdict).segmentScore();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void aResultThatFallsShortOfItsTargetIsToldWhereResultsAreChecked(ResultCheck check)
      throws Exception {
    VerifyRequest request = request(source, good, 150);
    Scoring vmaf = new Scoring("none", 1);
    double score =
        ((Verdict.Verified) verifier().verify(checked(request, check, vmaf, 80))).segmentScore();

    Verdict tooLittle = verifier().verify(checked(request, check, vmaf, score + 0.6));
    Verdict enough = verifier().verify(checked(request, check, vmaf, score + 0.4));

    assertThat(tooLittle)
        .isInstanceOfSatisfying(
            Verdict.BelowTarget.class,
            below -> assertThat(below.score()).isCloseTo(score, within(0.01)));
    assertThat(enough).isInstanceOf(Verdict.Verified.class);
  }

  /** A window of twenty seconds is scored as the filter scores a film. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void theWorstPartOfAWholeFilmCountsWhereTheSettingsSaySo(Metric metric) throws Exception {
    Scoring scoring = new Scoring(metric, "none", 1, "yuv420p");
    VerifyRequest brief = checked(request(source, good, 150), ResultCheck.WHOLE, scoring, 25);
    Path worse = encoded(small(), "worse.mkv", List.of("-crf", "45"));
    VerifyRequest film = checked(request(small(), worse, 0), ResultCheck.WHOLE, scoring, 25);

    double worst = score(pooled(film, ScorePool.worst()));

    assertThat(score(pooled(brief, ScorePool.worst())))
        .as("of one window")
        .isCloseTo(score(brief), within(0.01));
    assertThat(worst).isLessThan(score(film) - 0.2);
    assertThat(score(pooled(film, new ScorePool(100)))).isGreaterThan(score(film) + 0.2);
    assertThat(
            verifier()
                .verify(
                    pooled(
                        checked(request(small(), worse, 0), ResultCheck.WHOLE, scoring, worst + 1),
                        ScorePool.worst())))
        .isInstanceOfSatisfying(
            Verdict.BelowTarget.class,
            below -> assertThat(below.score()).isCloseTo(worst, within(0.01)));
    assertThat(worse.resolveSibling(FrameLog.NAME)).doesNotExist();
  }

  private double score(VerifyRequest request) throws IOException {
    return ((Verdict.Verified) verifier().verify(request)).segmentScore();
  }

  /** Its mean is only a little worse than promised: another encode would not mend it. */
  @Test
  void someBrokenSecondsOfAFilmThatIsCheckedAsAWholeAreRefused() throws Exception {
    Path film = copied(small(), "some minutes.mp4", List.of("-c", "copy"), "-stream_loop", "1");
    Path result =
        encoded(
            film,
            "some minutes.mkv",
            List.of("-vf", "hflip=enable='between(t,50,58)'", "-crf", "20"));

    assertRefused(
        () ->
            verifier()
                .verify(
                    checked(
                        request(film, result, 0), ResultCheck.WHOLE, new Scoring("none", 1), 90)),
        Check.SEGMENT_SCORE);
  }

  @Test
  void aResultOfARealMpegClipInAnotherContainerIsVerified() throws Exception {
    Path original = TestClips.real("cityCC0.mpg");
    Path result = encoded(original, "city.mkv", List.of());

    assertThat(verify(original, result)).isInstanceOf(Verdict.Verified.class);
  }

  /** Its film begins 23 ms after its sound, which Matroska rounds up to a whole frame. */
  @Test
  void aShortTransportStreamIsVerifiedThoughItsFramesLieOffTheGrid() throws Exception {
    Path stream =
        copied(
            source,
            "short.ts",
            List.of("-map", "0:v", "-map", "0:a:0", "-c:v", "copy", "-c:a", "aac", "-t", "2"));
    Path result = encoded(stream, "short.ts.mkv", List.of());

    assertThat(verify(stream, result))
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.segmentScore()).isGreaterThan(92));
  }

  /** Pictures of a telephone; ffmpeg turns them as players do, and says nothing more of it. */
  @ParameterizedTest
  @CsvSource({"90,mp4", "180,mkv", "270,mkv"})
  void aFilmThatLiesOnItsSideIsVerifiedAsItIsShown(String degrees, String container)
      throws Exception {
    Path original = turned(degrees, container);
    Path result = encoded(original, "upright" + degrees + ".mkv", List.of());

    assertThat(verify(original, result))
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.segmentScore()).isGreaterThan(87));
  }

  private static Path turned(String degrees, String container) {
    Path original = folder.resolve("turned" + degrees + "." + container);
    ffmpeg(
        "-display_rotation",
        degrees,
        "-i",
        source,
        "-map",
        "0:v",
        "-map_chapters",
        "-1",
        "-c",
        "copy",
        original);
    return original;
  }

  @Test
  void aResultThatStillLiesOnItsSideOrWasTurnedTwiceIsRefused() throws Exception {
    Path original = turned("90", "mp4");
    Path asStored = folder.resolve("as stored.mkv");
    List<Object> arguments = new ArrayList<>(List.of("-noautorotate", "-i", original));
    arguments.addAll(AV1);
    arguments.add(asStored);
    ffmpeg(arguments.toArray());
    assertRefused(() -> verify(original, asStored), Check.PICTURE_FORMAT);

    Path upright = encoded(original, "upright.mkv", List.of());
    Path twice = folder.resolve("twice.mkv");
    ffmpeg("-display_rotation", "180", "-i", upright, "-c", "copy", twice);
    assertRefused(() -> verify(original, twice), Check.PICTURE_FORMAT);

    Path flipped = encoded(original, "flipped.mkv", List.of("-vf", "hflip,vflip"));
    assertRefused(() -> verify(original, flipped), Check.SEGMENT_SCORE);
  }

  /**
   * As cut out of a recording with its times; longer than what is compared as a whole, with few key
   * frames to come out at.
   */
  @ParameterizedTest
  @CsvSource({"mkv,40", "mp4,40", "ts,40", "ts,0"})
  void aFilmWhoseClockBeginsLateIsVerified(String container, String late) throws Exception {
    Path original = folder.resolve("late" + late + "." + container);
    ffmpeg("-itsoffset", late, "-i", small(), "-c", "copy", "-copyts", original);
    List<Object> arguments = new ArrayList<>();
    double silent = FFPROBE.read(original).silentSeconds();
    if (silent > 0) {
      arguments.addAll(List.of("-itsoffset", silent));
    }
    arguments.addAll(List.of("-i", original, "-map", "0", "-c", "copy"));
    arguments.addAll(AV1);
    Path result = folder.resolve("late " + late + " " + container + ".mkv");
    arguments.add(result);
    ffmpeg(arguments.toArray());

    assertThat(verify(original, result)).isInstanceOf(Verdict.Verified.class);
  }

  /** A key frame each ten seconds. */
  private static Path small() {
    Path small = folder.resolve("small.mp4");
    if (!Files.exists(small)) {
      ffmpeg(
          "-stream_loop",
          "1",
          "-i",
          trailer,
          "-vf",
          "scale=160:90",
          "-c:v",
          "libx264",
          "-preset",
          "ultrafast",
          "-qp",
          "12",
          "-x264-params",
          "keyint=240:scenecut=0",
          "-pix_fmt",
          "yuv420p",
          "-c:a",
          "copy",
          small);
    }
    return small;
  }

  @Test
  void soundThatGoesOnMuchLongerThanTheFilmIsNoHindrance() throws Exception {
    Path original = folder.resolve("credits.mkv");
    ffmpeg(
        "-i",
        small(),
        "-f",
        "lavfi",
        "-i",
        "sine=duration=200",
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
        "-c:a",
        "aac",
        original);

    assertThat(verify(original, encoded(original, "credits.av1.mkv", List.of())))
        .isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void aLongResultIsComparedInThreeSegments() throws Exception {
    assertThat(verify(trailer, goodTrailer)).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void aResultWithoutFilmIsRefused() throws Exception {
    Path result = copied(good, "nofilm.mkv", List.of("-map", "0", "-map", "-0:v", "-c", "copy"));

    assertRefused(() -> verify(source, result), Check.VIDEO_STREAM);
  }

  @Test
  void aCoverEncodedInPlaceOfTheFilmIsRefused() throws Exception {
    Path original = folder.resolve("covered.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=red:size=100x100:rate=25:duration=0.04",
        "-i",
        source,
        "-map",
        "0",
        "-map",
        "1:v",
        "-c:v:0",
        "mjpeg",
        "-c:v:1",
        "copy",
        original);
    Path result = encoded(original, "coverfirst.mkv", List.of());

    assertRefused(() -> verify(original, result), Check.VIDEO_STREAM);
  }

  @Test
  void aResultInATransportStreamIsRefusedWhateverItsName() throws Exception {
    Path plain = copied(source, "plain.mkv", List.of("-map", "0:v", "-map", "0:a", "-c", "copy"));
    Path result =
        copied(
            encoded(plain, "plain.av1.mkv", List.of()),
            "transport.mkv",
            List.of("-map", "0", "-c", "copy", "-c:a", "aac", "-f", "mpegts"));

    assertRefused(() -> verify(plain, result), Check.CONTAINER);
  }

  @Test
  void anotherPictureSizeIsRefused() throws Exception {
    Path result = encoded(source, "small.mkv", List.of("-vf", "scale=160:90"));

    assertRefused(() -> verify(source, result), Check.PICTURE_FORMAT);
  }

  @Test
  void anotherPixelFormatIsRefused() throws Exception {
    Path result = encoded(source, "eightbit.mkv", List.of("-pix_fmt", "yuv420p"));

    assertRefused(() -> verify(source, result), Check.PICTURE_FORMAT);
  }

  @Test
  void aResultThatLacksTheLastSecondIsRefused() throws Exception {
    Path result = encoded(source, "short.mkv", List.of("-t", "5"));

    assertRefused(() -> verify(source, result), Check.FRAME_COUNT);
  }

  @Test
  void aRefusalNamesItsHostAndALogOfAllThatWasMeasured() throws Exception {
    Path result = copied(good, "refused.mkv", List.of("-map", "0", "-c", "copy", "-t", "5"));

    Evidence evidence = JudgedFault.evidence(catchThrowable(() -> verify(source, result)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.RESULT_REFUSED);
    assertThat(evidence.context()).containsEntry("host", "bench");
    assertThat(Path.of(evidence.context().get("log")))
        .content()
        .contains("file     " + source, "-count_packets", result.toString(), "== exit code 0");
  }

  @Test
  void aShortResultIsRefusedEvenWhenTheEncoderSaysThatNothingIsMissing() throws Exception {
    Path result = encoded(source, "short2.mkv", List.of("-t", "5"));

    assertRefused(() -> verify(source, result, 125), Check.FRAME_COUNT);
  }

  @Test
  void aShortResultOfAVaryingFrameRateIsRefusedByItsDuration() throws Exception {
    Path original = folder.resolve("varying.mp4");
    ffmpeg(
        "-i",
        source,
        "-map_chapters",
        "-1",
        "-map",
        "0:v",
        "-vf",
        "select='lt(n,60)+not(mod(n,5))'",
        "-fps_mode",
        "vfr",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "4",
        original);
    assertThat(verify(original, encoded(original, "varied.mkv", List.of())))
        .isInstanceOf(Verdict.Verified.class);

    Path result = encoded(original, "variedshort.mkv", List.of("-t", "5"));

    assertRefused(() -> verify(original, result), Check.DURATION);
  }

  /** The sound lasts, and so does what the container says; all that is left of the film is good. */
  @Test
  void aResultOfAVaryingFrameRateWhosePicturesEndBeforeItsSoundIsRefused() throws Exception {
    Path original = folder.resolve("varying with sound.mkv");
    ffmpeg(
        "-i",
        source,
        "-map_chapters",
        "-1",
        "-map",
        "0:v",
        "-map",
        "0:a:0",
        "-vf",
        "select='lt(n,60)+not(mod(n,5))'",
        "-fps_mode",
        "vfr",
        "-c:a",
        "copy",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "4",
        original);
    assertThat(verify(original, encoded(original, "varied with sound.mkv", List.of())))
        .isInstanceOf(Verdict.Verified.class);

    Path result =
        encoded(original, "pictures end.mkv", List.of("-vf", "trim=end=4.8", "-fps_mode", "vfr"));

    assertRefused(() -> verify(original, result), Check.FRAME_COUNT);
  }

  @Test
  void aLostAudioTrackIsRefused() throws Exception {
    Path result = copied(good, "noaudio.mkv", List.of("-map", "0", "-map", "-0:a:1", "-c", "copy"));

    assertRefused(() -> verify(source, result), Check.STREAM_TABLE);
  }

  @Test
  void aLostSubtitleIsRefused() throws Exception {
    Path result = copied(good, "nosub.mkv", List.of("-map", "0", "-map", "-0:s", "-c", "copy"));

    assertRefused(() -> verify(source, result), Check.STREAM_TABLE);
  }

  @Test
  void aLostAttachmentIsRefused() throws Exception {
    Path result = copied(good, "nofont.mkv", List.of("-map", "0", "-map", "-0:t", "-c", "copy"));

    assertRefused(() -> verify(source, result), Check.STREAM_TABLE);
  }

  @Test
  void lostChaptersAreRefused() throws Exception {
    Path result =
        copied(good, "nochapters.mkv", List.of("-map", "0", "-c", "copy", "-map_chapters", "-1"));

    assertRefused(() -> verify(source, result), Check.STREAM_TABLE);
  }

  @Test
  void anotherLanguageTitleDefaultOrForcedFlagIsRefused() throws Exception {
    List<List<String>> changes =
        List.of(
            List.of("-metadata:s:a:0", "language=fre"),
            List.of("-metadata:s:a:0", "title=Sound"),
            List.of("-disposition:a:0", "0", "-disposition:a:1", "default"),
            List.of("-disposition:s:0", "0"));
    for (List<String> change : changes) {
      List<String> how = new ArrayList<>(List.of("-map", "0", "-c", "copy"));
      how.addAll(change);

      assertRefused(() -> verify(source, copied(good, "tagged.mkv", how)), Check.STREAM_TABLE);
    }
  }

  @Test
  void theResultOfAnotherJobIsRefused() throws Exception {
    Path other = folder.resolve("other.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "mandelbrot=size=320x180:rate=25",
        "-i",
        source,
        "-t",
        "6",
        "-map",
        "0:v",
        "-map",
        "1",
        "-map",
        "-1:v",
        "-c",
        "copy",
        "-c:v:0",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "4",
        "-pix_fmt",
        "yuv420p",
        other);

    assertRefused(
        () -> verify(source, encoded(other, "otherjob.mkv", List.of())), Check.SEGMENT_SCORE);
  }

  @Test
  void aFilmThatIsLateBesideItsSoundIsRefused() throws Exception {
    Path shifted = folder.resolve("shifted.mp4");
    // three frames late, no frame lost, the duration within its tolerance
    ffmpeg(
        "-itsoffset",
        "0.12",
        "-i",
        goodTrailer,
        "-i",
        goodTrailer,
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
        shifted);

    assertRefused(() -> verify(trailer, shifted), Check.SEGMENT_SCORE);
    double target = xpsnr(ResultCheck.WHOLE, trailer, goodTrailer);
    VerifyRequest request = request(trailer, shifted, 0);
    for (ResultCheck check : ResultCheck.values()) {
      assertRefused(
          () -> verifier().verify(checked(request, check, XPSNR, target)), Check.SEGMENT_SCORE);
    }
  }

  @Test
  void aResultThatSavesTooLittleIsSaidToBeSound() throws Exception {
    Path lean = folder.resolve("lean.mkv");
    copied(source, "lean.mkv", List.of("-map", "0", "-c", "copy", "-c:v", "libx264", "-crf", "45"));
    Path result = encoded(lean, "fat.mkv", List.of("-crf", "5"));

    assertThat(verify(lean, result)).isEqualTo(new Verdict.SavesTooLittle(Files.size(result)));
  }

  @Test
  void aResultThatIsNoMediaIsRefused() throws Exception {
    Path result = Files.writeString(folder.resolve("text.mkv"), "not a film");

    assertRefused(() -> verify(source, result), Check.UNREADABLE);
  }

  /** The target is 90; what the tool says of the segments is made up. */
  @ParameterizedTest
  @CsvSource({"95 95 75,false", "95 95 81,true", "87 87 87,true", "86 86 86,false"})
  void goodSegmentsDoNotMakeUpForABrokenOne(String scores, boolean pass) throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("scores"));
    Path asked = scripts.resolve("asked " + scores);
    Path ffmpeg =
        ScriptedTool.made(
            scripts.resolve("ffmpeg"),
            "echo >> '%s'\nn=$(wc -l < '%s')\nset -- %s\nshift $((n - 1))\n"
                    .formatted(asked, asked, scores)
                + "echo \"VMAF score: $1\" >&2\n");
    ToolSet real = TestTools.tools();

    Verifier scripted = verifier(new ToolSet(real.abAv1(), ffmpeg, real.ffprobe()));
    VerifyRequest request = request(trailer, goodTrailer, 0);

    if (pass) {
      assertThat(scripted.verify(request)).isInstanceOf(Verdict.Verified.class);
    } else {
      assertRefused(() -> scripted.verify(request), Check.SEGMENT_SCORE);
    }
    assertThat(asked).content().hasLineCount(3);
  }

  /** Tools that are scripts, over a result that is sound, and the line of the matrix. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ffprobe | exit 127                 | post_process/system_environment/ENV STOP_QUEUE | ''
          ffprobe | kill -s KILL $$          | post_process/resource_exhaustion/EXIT_137 HALVE_THREADS | SIGKILL during the verification
          ffprobe | exit 1                   | post_process/validation/VERIFY_FAILED RETRY | ''
          ffprobe | echo '{"streams": ['     | post_process/validation/VERIFY_FAILED RETRY | ''
          ffprobe | case "$*" in *count_packets*) exit 0;; esac; exec "$REAL" "$@" | post_process/validation/VERIFY_FAILED RETRY | ''
          ffmpeg  | exit 127                 | post_process/system_environment/ENV STOP_QUEUE | ''
          ffmpeg  | sh -c 'kill -s SEGV $$'; exit $? | post_process/system_environment/EXIT_139 RETRY | ''
          ffmpeg  | exec "$REAL" "$@" 2>/dev/null | post_process/validation/VERIFY_FAILED RETRY | score not parsable, of the verification
          """)
  void whatIsWrongWithAToolIsNotLaidOnTheResult(String tool, String script, String row, String line)
      throws Exception {
    ToolSet real = TestTools.tools();
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Path instead = ScriptedTool.made(scripts.resolve(tool), "REAL='" + real(tool) + "'\n" + script);
    boolean probes = tool.equals("ffprobe");
    ToolSet tools =
        new ToolSet(
            real.abAv1(), probes ? real.ffmpeg() : instead, probes ? instead : real.ffprobe());
    byte[] before = Files.readAllBytes(source);

    Throwable fault = catchThrowable(() -> verifier(tools).verify(request(source, good, 150)));

    assertThat(row(fault)).isEqualTo(row);
    if (!line.isEmpty()) {
      MadeForReal.as(line, fault);
    }
    assertThat(source).hasBinaryContent(before);
  }

  private static Path real(String tool) {
    return tool.equals("ffprobe") ? TestTools.tools().ffprobe() : TestTools.tools().ffmpeg();
  }

  @Test
  void aMissingFfprobeIsTheFaultOfTheWorker() throws Exception {
    ToolSet real = TestTools.tools();
    ToolSet without = new ToolSet(real.abAv1(), real.ffmpeg(), folder.resolve("none"));

    assertThat(row(catchThrowable(() -> verifier(without).verify(request(source, good, 150)))))
        .isEqualTo("post_process/system_environment/ENV STOP_QUEUE");
  }

  @Test
  void aResultThatSomebodyHasClearedAwayIsNotRefusedButGone() throws Exception {
    Path lost = Files.copy(good, folder.resolve("lost.mkv"));
    VerifyRequest request = request(source, lost, 150);
    byte[] before = Files.readAllBytes(source);
    Files.delete(lost);

    assertThat(verifier().verify(request))
        .isEqualTo(new Verdict.ResultGone(lost + ": there is no such result any more"));
    assertThat(source).hasBinaryContent(before);
  }

  private static String row(Throwable thrown) {
    return JudgedFault.row(FailureStage.POST_PROCESS, thrown);
  }

  @Test
  void aSourceThatWasTouchedOrIsGoneIsNoticedFirst() throws Exception {
    Path original = Files.copy(source, folder.resolve("touched.mkv"));
    VerifyRequest request = request(original, good, 0);
    Files.setLastModifiedTime(original, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(verifier().verify(request)).isInstanceOf(Verdict.SourceChanged.class);

    Files.delete(original);
    assertThat(verifier().verify(request)).isInstanceOf(Verdict.SourceChanged.class);
  }

  @Test
  void aSourceWhoseLibraryIsNotThereHasNotChanged() throws Exception {
    Path film = Files.copy(source, folder.resolve("mounted.mkv"));
    VerifyRequest request = request(film, good, 150);
    Files.delete(film);
    unmounted = true;

    assertThat(row(catchThrowable(() -> verifier().verify(request))))
        .isEqualTo("post_process/system_environment/ENV STOP_QUEUE");
    assertThat(good).exists();
  }

  @Test
  void aSourceThatHoldsLessThanItSaysIsBadMediaAndWhatWasCountedIsKept() throws Exception {
    Path whole = folder.resolve("whole.mkv");
    ffmpeg("-i", source, "-map", "0:v", "-map", "0:a:0", "-c", "copy", whole);
    Path cut = folder.resolve("cut.mkv");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2), StandardOpenOption.CREATE);
    Path result = encoded(cut, "ofcut.mkv", List.of());

    assertThatThrownBy(() -> verify(cut, result))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> {
              assertThat(fault.getType()).isEqualTo("BAD_MEDIA");
              assertThat(row(fault)).isEqualTo("analysis/validation/VERIFY_FAILED GIVE_UP");
              MadeForReal.as("truncated", fault);
              assertThat(Path.of(Faults.evidence(fault).orElseThrow().context().get("log")))
                  .content()
                  .contains(
                      "file     " + cut, "-count_packets", "nb_read_packets", "== exit code 0");
            });
    assertThat(cut).hasBinaryContent(java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void aProgramThatFailsIsAFaultWithItsLog() throws Exception {
    ToolSet tools =
        new ToolSet(TestTools.tools().abAv1(), Path.of("/bin/false"), TestTools.tools().ffprobe());

    Evidence evidence =
        JudgedFault.evidence(
            catchThrowable(() -> verifier(tools).verify(request(source, good, 0))));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PROCESS_EXIT);
    assertThat(Path.of(evidence.context().get("log")))
        .content()
        .contains("/bin/false", "== exit code 1");
  }
}
