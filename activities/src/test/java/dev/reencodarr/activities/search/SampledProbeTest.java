package dev.reencodarr.activities.search;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static dev.reencodarr.activities.search.TestProbes.point;
import static dev.reencodarr.activities.search.TestProbes.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ScriptedTool;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films that are measured by several samples, with the real tools. */
class SampledProbeTest {

  private static final Scoring CHEAP = new Scoring("none", 1);
  private static final SamplePlan THREE_SHORT = new SamplePlan(720, 3, 2);

  @TempDir Path folder;
  private TestProbes world;

  @BeforeEach
  void open() {
    world = new TestProbes(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ProbeActivities probes() throws Exception {
    return world.with(TestTools.tools(), path -> {});
  }

  private static ProbeSetting setting(Scoring scoring, SamplePlan plan) {
    return new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv420p10le", List.of(), scoring, plan);
  }

  /** A real recording of half a minute, seven times: long enough for key frames of its own. */
  private Path film(String name, Object... output) {
    Path film = folder.resolve(name);
    Object[] before = {"-stream_loop", "6", "-i", TestClips.real("world.mp4")};
    Object[] all = new Object[before.length + output.length + 1];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(output, 0, all, before.length, output.length);
    all[all.length - 1] = film;
    ffmpeg(all);
    return film;
  }

  private Path copied(String name) {
    return film(name, "-c", "copy");
  }

  /** What one call of ab-av1 says of the whole film, samples and all. */
  private JsonNode stock(Path film, double crf, Scoring scoring, String... samples)
      throws Exception {
    ToolSet tools = TestTools.tools();
    Path place = Files.createDirectories(folder.resolve("stock"));
    Path link = place.resolve("src." + film.toString().replaceAll(".*\\.", ""));
    Files.createSymbolicLink(link, film);
    List<String> command =
        new ArrayList<>(
            List.of(
                tools.abAv1().toString(),
                "sample-encode",
                "--input",
                link.toString(),
                "--crf",
                Double.toString(crf),
                "--preset",
                "12",
                "--pix-format",
                "yuv420p10le",
                "--svt",
                "lp=1",
                "--cache",
                "false",
                "--stdout-format",
                "json",
                "--temp-dir",
                place.toString()));
    command.addAll(scoring.arguments());
    command.addAll(List.of(samples));
    ProgramEnd end =
        new BoundRunner(tools, folder.resolve("stock-home"))
            .run(
                new ProgramCall(command, place, Map.of(), Duration.ofMinutes(5), 65536, false),
                () -> {});
    assertThat(end.succeeded()).as(end.stderr()).isTrue();
    return new ObjectMapper().readTree(end.stdout());
  }

  private static void assertSame(SearchPoint point, JsonNode stock, String metric) {
    assertThat(point.score()).isCloseTo(stock.path(metric).asDouble(), within(0.0005));
    assertThat(point.predictedPercent())
        .isCloseTo(stock.path("predicted_encode_percent").asDouble(), within(0.000001));
    assertThat(point.predictedBytes())
        .isCloseTo(stock.path("predicted_encode_size").asLong(), within(1L));
  }

  @Test
  void whatIsForetoldFromSamplesIsWhatOneCallOfAbAv1Foretells() throws Exception {
    Path film = copied("film.mkv");

    SearchPoint point = point(probes().probe(request(film, 0, 0, setting(CHEAP, THREE_SHORT), 40)));

    assertSame(point, stock(film, 40, CHEAP, "--samples", "3", "--sample-duration", "2s"), "vmaf");
    assertThat(point.sampleScores()).hasSize(3);
    assertThat(point.sampleScores().stream().mapToDouble(score -> score).average().orElseThrow())
        .isEqualTo(point.score());
    assertThat(point.predictedSeconds()).isBetween(1.0, 1000.0);
  }

  /** The usual plan, that of every point which earlier releases have stored. */
  @Test
  void theUsualPlanIsAbAv1sOwn() throws Exception {
    Path film = copied("film.mp4");

    SearchPoint point =
        point(probes().probe(request(film, 0, 0, setting(CHEAP, SamplePlan.defaults()), 55)));

    assertSame(point, stock(film, 55, CHEAP), "vmaf");
    assertThat(point.sampleScores()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          broadcast.ts    | -c:v copy -c:a copy -bsf:v h264_mp4toannexb
          disc.mpg        | -c:v mpeg2video -q:v 2 -an -t 100
          interlaced.mkv  | -c:v libx264 -vf scale=480:272,setfield=tff -x264-params interlaced=1 -preset ultrafast -qp 10 -an -t 60
          variable.mkv    | -vf select='mod(n\\,3)+mod(n\\,7)' -fps_mode vfr -c:v libx264 -preset ultrafast -qp 10 -an -t 60
          late.ts         | -c:v copy -an -output_ts_offset 90
          old.avi         | -c:v mpeg4 -q:v 2 -an -t 60
          ten.mkv         | -c:v libx264 -pix_fmt yuv420p10le -preset ultrafast -qp 10 -an -t 30
          """)
  void filmsOfManyKindsAreMeasuredAsAbAv1MeasuresThem(String name, String output) throws Exception {
    Path film = film(name, (Object[]) output.replace("'", "").split(" "));

    SearchPoint point =
        point(probes().probe(request(film, 0, 0, setting(CHEAP, new SamplePlan(720, 2, 1.5)), 45)));

    assertSame(
        point, stock(film, 45, CHEAP, "--samples", "2", "--sample-duration", "1500ms"), "vmaf");
    assertThat(point.sampleScores()).hasSize(2);
  }

  @Test
  void aNameOfTheGreatestLengthWithAllThatShellsReadIsMeasured() throws Exception {
    String odd = "it's \"$(a)\" `b`; %03d\n🎬 ";
    Path film = copied("x.mkv");
    Path named =
        Files.move(
            film,
            folder.resolve(
                odd + "n".repeat(244 - odd.getBytes(StandardCharsets.UTF_8).length - 4) + ".mkv"));

    assertThat(
            point(
                    probes()
                        .probe(request(named, 0, 0, setting(CHEAP, new SamplePlan(720, 2, 1)), 45)))
                .score())
        .isBetween(50.0, 100.0);
  }

  /** The second probe of a search: ffmpeg is asked for no part of the film any more. */
  @Test
  void laterProbesTakeTheSamplesThatWereCutAndDoNotReadTheFilm() throws Exception {
    Path film = copied("film.mkv");
    ToolSet real = TestTools.tools();
    Path log = folder.resolve("asked");
    ToolSet noting =
        new ToolSet(
            real.abAv1(),
            noting("ffmpeg", real.ffmpeg(), log),
            noting("ffprobe", real.ffprobe(), log));
    ProbeSetting setting = setting(CHEAP, THREE_SHORT);
    ProbeActivities probes = world.with(noting, path -> {});

    SearchPoint first = point(probes.probe(request(film, 0, 0, setting, 40)));
    assertThat(log).content().contains("src.mkv", "-ss 51 ");
    Files.delete(log);
    SearchPoint second = point(probes.probe(request(film, 0, 0, setting, 45)));

    assertThat(log)
        .content()
        .doesNotContain("src.mkv", "film.mkv")
        .contains("/of-1.mkv/sample.mkv");
    assertThat(second.score()).isLessThan(first.score());
    assertThat(world.work().resolve("probes")).isEmptyDirectory();
  }

  private static Path noting(String name, Path real, Path log) throws Exception {
    Path place = Files.createDirectories(log.resolveSibling("noting")).resolve(name);
    return ScriptedTool.made(place, "echo \"$*\" >>'%s'\nexec '%s' \"$@\"".formatted(log, real));
  }

  @Test
  void samplesOfAFilmThatHasChangedAreNotUsed() throws Exception {
    Path film = copied("film.mkv");
    ProbeSetting setting = setting(CHEAP, THREE_SHORT);
    ProbeRequest before = request(film, 0, 0, setting, 40);
    ProbeRequest later = request(film, 0, 0, setting, 45);
    ProbeActivities probes = probes();
    SearchPoint first = point(probes.probe(before));

    Files.write(film, new byte[] {0}, StandardOpenOption.APPEND);

    assertThat(probes.probe(later)).isInstanceOf(ProbeOutcome.SourceChanged.class);
    SearchPoint anew = point(probes.probe(request(film, 0, 0, setting, 40)));
    assertThat(anew.score()).isEqualTo(first.score());
    assertThat(SampleFolders.in(world.work()).all()).hasSize(2);
  }

  /** A film that is replaced while its samples are cut: they are of nobody knows what. */
  @Test
  void samplesThatWereCutWhileTheFilmChangedAreNotKept() throws Exception {
    Path film = copied("film.mkv");
    ToolSet real = TestTools.tools();
    Path meddling =
        ScriptedTool.made(
            Files.createDirectories(folder.resolve("meddling")).resolve("ffmpeg"),
            "case \"$*\" in *'-ss 105 '*) printf x >>'%s' ;; esac\nexec '%s' \"$@\""
                .formatted(film, real.ffmpeg()));
    ProbeActivities probes =
        world.with(new ToolSet(real.abAv1(), meddling, real.ffprobe()), path -> {});

    ProbeOutcome outcome = probes.probe(request(film, 0, 0, setting(CHEAP, THREE_SHORT), 40));

    assertThat(outcome).isInstanceOf(ProbeOutcome.SourceChanged.class);
    assertThat(SampleFolders.in(world.work()).all()).isEmpty();
    assertThat(world.work().resolve("probes")).isEmptyDirectory();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"no list", "half a sample", "a sample missing"})
  void halfOfTheSamplesIsNothing(String what) throws Exception {
    Path film = copied("film.mkv");
    ProbeSetting setting = setting(CHEAP, THREE_SHORT);
    ProbeActivities probes = probes();
    SearchPoint first = point(probes.probe(request(film, 0, 0, setting, 40)));
    Path kept = SampleFolders.in(world.work()).all().getFirst();
    switch (what) {
      case "no list" -> Files.delete(kept.resolve("samples.json"));
      case "half a sample" -> Files.write(kept.resolve("2.mkv"), new byte[2000]);
      default -> Files.delete(kept.resolve("3.mkv"));
    }

    world.database.client().sql("delete from search_points").update();
    SearchPoint again = point(probes.probe(request(film, 0, 0, setting, 40)));

    assertThat(again.sampleScores()).isEqualTo(first.sampleScores());
    assertThat(CutSamples.in(kept)).isPresent();
  }

  @Test
  void aWorkerBeginsWithoutSamples() throws Exception {
    Path film = copied("film.mkv");
    probes().probe(request(film, 0, 0, setting(CHEAP, THREE_SHORT), 40));
    assertThat(SampleFolders.in(world.work()).all()).hasSize(1);

    world.worker(TestTools.tools(), path -> {}).removeLeftovers();

    assertThat(SampleFolders.in(world.work()).all()).isEmpty();
  }

  /** As ab-av1 itself, whose words the failure table knows. */
  @Test
  void whereNoSampleCanBeCutAbAv1IsLeftToIt() throws Exception {
    Path film = copied("film.mkv");
    ToolSet real = TestTools.tools();
    Path clumsy =
        ScriptedTool.made(
            Files.createDirectories(folder.resolve("clumsy")).resolve("ffmpeg"),
            "case \"$*\" in *-nostdin*-ss*) exit 1 ;; esac\nexec '%s' \"$@\""
                .formatted(real.ffmpeg()));
    ProbeActivities probes =
        world.with(new ToolSet(real.abAv1(), clumsy, real.ffprobe()), path -> {});

    SearchPoint point = point(probes.probe(request(film, 0, 0, setting(CHEAP, THREE_SHORT), 40)));

    assertSame(point, stock(film, 40, CHEAP, "--samples", "3", "--sample-duration", "2s"), "vmaf");
    assertThat(point.sampleScores()).isEmpty();
    assertThat(SampleFolders.in(world.work()).all()).isEmpty();
  }

  @Test
  void theFilmBehindALargerPictureIsSampledAndCopiedOnce() throws Exception {
    Path plain = film("plain.mkv", "-c", "copy", "-an");
    Path picture = folder.resolve("cover.jpg");
    ffmpeg("-f", "lavfi", "-i", "color=red:size=600x900", "-frames:v", "1", picture);
    Path pictureFirst = folder.resolve("first.mkv");
    ffmpeg("-i", picture, "-i", plain, "-map", "0", "-map", "1", "-c", "copy", pictureFirst);
    ProbeSetting setting = setting(CHEAP, THREE_SHORT);
    ProbeActivities probes = probes();

    SearchPoint behind = point(probes.probe(request(pictureFirst, 1, 0, setting, 45)));

    assertThat(behind.sampleScores())
        .isEqualTo(point(probes.probe(request(plain, 0, 0, setting, 45))).sampleScores());
  }

  @Test
  void xpsnrIsMeasuredByEachSampleInDecibels() throws Exception {
    Scoring xpsnr = new Scoring(Metric.XPSNR, "auto", 1, "yuv420p");
    Path film = copied("film.mkv");

    SearchPoint point = point(probes().probe(request(film, 0, 0, setting(xpsnr, THREE_SHORT), 35)));

    assertSame(point, stock(film, 35, xpsnr, "--samples", "3", "--sample-duration", "2s"), "xpsnr");
    assertThat(point.score()).isBetween(25.0, 50.0);
    assertThat(
            world.points.all(
                request(film, 0, 0, setting(xpsnr, THREE_SHORT), 35).identity(),
                setting(xpsnr, THREE_SHORT)))
        .containsExactly(point);
    assertThat(
            world.points.all(
                request(film, 0, 0, setting(CHEAP, THREE_SHORT), 35).identity(),
                setting(CHEAP, THREE_SHORT)))
        .isEmpty();
  }

  /** 480 is no multiple of 128: in 10 bits ffmpeg's filter gives 4 dB here. */
  @Test
  void theUsualFormatOfXpsnrFitsEveryWidth() throws Exception {
    Scoring usual = new Scoring(Metric.XPSNR, "auto", 1, Scoring.defaults().xpsnrPixelFormat());

    SearchPoint point =
        point(
            probes()
                .probe(
                    request(
                        copied("clip.mkv"), 0, 0, setting(usual, new SamplePlan(720, 1, 2)), 20)));

    assertThat(point.score()).isBetween(30.0, 60.0);
  }

  /** Black stays black: the error is 0 and its logarithm infinite, which ab-av1 calls null. */
  @Test
  void picturesWithoutAnyDifferenceAreWorthAHundredDecibels() throws Exception {
    Scoring xpsnr = new Scoring(Metric.XPSNR, "auto", 1, "yuv420p");
    Path black = folder.resolve("black.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=black:size=320x192:rate=25:duration=4",
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        black);

    SearchPoint point =
        point(probes().probe(request(black, 0, 0, setting(xpsnr, SamplePlan.defaults()), 5)));

    assertThat(point.score()).isEqualTo(100);
    assertThat(point.sampleScores()).containsExactly(100.0);
  }

  @Test
  void everyNthFrameAndTheScaleOfTheScoreAreThoseOfTheSetting() throws Exception {
    Path film = copied("film.mkv");
    ToolSet real = TestTools.tools();
    Path log = folder.resolve("asked");
    ToolSet noting =
        new ToolSet(real.abAv1(), noting("ffmpeg", real.ffmpeg(), log), real.ffprobe());
    Scoring fifth = new Scoring("640x360", 5);

    world
        .with(noting, path -> {})
        .probe(request(film, 0, 0, setting(fifth, new SamplePlan(720, 1, 1)), 40));

    assertThat(log).content().contains("n_subsample=5", "scale=640:-1");
  }

  @Test
  void samplesOfLongAgoGo() throws Exception {
    Path film = copied("film.mkv");
    ProbeSetting setting = setting(CHEAP, THREE_SHORT);
    ProbeActivities probes = probes();
    probes.probe(request(film, 0, 0, setting, 40));
    Path old = SampleFolders.in(world.work()).all().getFirst();
    Files.setLastModifiedTime(
        old.resolve("samples.json"),
        FileTime.from(Instant.now().minus(SampleFolders.KEPT).minusSeconds(60)));

    Path other = film("other.mkv", "-c", "copy", "-t", "30");
    probes.probe(request(other, 0, 0, setting, 40));

    assertThat(SampleFolders.in(world.work()).all()).hasSize(1).doesNotContain(old);
  }
}
