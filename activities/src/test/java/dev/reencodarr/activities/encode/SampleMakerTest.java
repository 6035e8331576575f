package dev.reencodarr.activities.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.video.MadeSample;
import dev.reencodarr.workflows.video.SampleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real tools. */
class SampleMakerTest {

  private static final int SECONDS = 24;

  @TempDir private Path folder;

  /**
   * A film with a keyframe every five seconds, B-frames, sound and a picture that tells its time.
   */
  private Path film(String name) throws Exception {
    Path film = folder.resolve(name);
    ran(
        TestTools.tools().ffmpeg().toString(),
        "-nostdin",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=s=320x180:r=25:d=" + SECONDS,
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:d=" + SECONDS,
        "-c:v",
        "libx264",
        "-g",
        "125",
        "-bf",
        "3",
        "-sc_threshold",
        "0",
        "-c:a",
        "aac",
        film.toString());
    return film;
  }

  private static String ran(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private SampleMaker maker() throws IOException {
    return maker(DeviceBudgets.ofCpu(new CoreBudget(1, 2)), progress -> {});
  }

  private SampleMaker maker(DeviceBudgets budgets, Consumer<EncodeProgress> beats)
      throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    BoundRunner runner = new BoundRunner(TestTools.tools(), work.resolve("home"));
    return new SampleMaker(
        runner,
        new AttemptLogs(new JobFolders(work).logs(), "here"),
        new InstalledTools(TestTools.tools(), runner, work),
        new Machine("here", "default", work),
        budgets,
        () -> beats);
  }

  private static SampleRequest request(
      Path film, OptionalDouble at, double seconds, Optional<MediaPath> output) throws IOException {
    EncodeRequest whole = EncodeRequests.ofSoundFilm(film, SECONDS);
    return new SampleRequest(whole, at, seconds, output);
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }

  /** The first picture, small and grey, so that two encodes of it are nearly equal. */
  private byte[] firstPicture(Path film) throws Exception {
    Path raw = folder.resolve("picture.gray");
    ran(
        TestTools.tools().ffmpeg().toString(),
        "-nostdin",
        "-y",
        "-v",
        "error",
        "-i",
        film.toString(),
        "-frames:v",
        "1",
        "-vf",
        "format=gray",
        "-f",
        "rawvideo",
        raw.toString());
    return Files.readAllBytes(raw);
  }

  private static double difference(byte[] one, byte[] other) {
    assertThat(one).hasSameSizeAs(other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
    }
    return sum / one.length;
  }

  private static double duration(Path film) throws Exception {
    return Double.parseDouble(
        ran(
                TestTools.tools().ffprobe().toString(),
                "-v",
                "error",
                "-show_entries",
                "format=duration",
                "-of",
                "csv=p=0",
                film.toString())
            .strip());
  }

  private static List<String> codecs(Path film) throws Exception {
    return ran(
            TestTools.tools().ffprobe().toString(),
            "-v",
            "error",
            "-show_entries",
            "stream=codec_name",
            "-of",
            "csv=p=0",
            film.toString())
        .lines()
        .toList();
  }

  @Test
  void bothPiecesBeginWithThePictureOfTheLastKeyframeAndPlayAsLong() throws Exception {
    for (String name : List.of("film.mkv", "film.mp4")) {
      Path film = film(name);
      MadeSample made = maker().make(request(film, OptionalDouble.of(12.3), 6, Optional.empty()));

      assertThat(made.start()).as(name).isBetween(9.9, 10.1);
      Path cut = path(made.cut());
      Path sample = path(made.sample());
      assertThat(codecs(cut)).containsExactly("h264", "aac");
      assertThat(codecs(sample)).containsExactly("av1", "aac");
      byte[] first = firstPicture(cut);
      assertThat(difference(first, firstPicture(sample))).as(name).isLessThan(6);
      assertThat(duration(cut)).isBetween(5.5, 6.7);
      assertThat(duration(sample)).isBetween(5.5, 6.7);
      assertThat(Files.size(film)).as("untouched").isPositive();
      try (Stream<Path> files = Files.list(cut.getParent())) {
        assertThat(files).as("no link into a library stays").containsExactlyInAnyOrder(cut, sample);
      }
    }
  }

  @Test
  void oneForAGpuWaitsForAPlaceAtTheGpuAndNotAtTheCpu() throws Exception {
    Path film = Files.writeString(folder.resolve("film.mkv"), "no film");
    EncodeRequest whole = EncodeRequests.onDevice(film, Encoder.AV1_NVENC);
    DeviceBudgets budgets = new DeviceBudgets(new CoreBudget(1, 2), 1, 1);
    List<EncodeProgress.Phase> seen = new ArrayList<>();
    SampleMaker maker =
        maker(
            budgets,
            progress -> {
              seen.add(progress.phase());
              throw new IllegalStateException("waited long enough");
            });

    try (CoreBudget.Lease _ = budgets.of(Encoder.AV1_NVENC).take(() -> {})) {
      assertThat(
              catchThrowable(() ->
                  maker.make(
                      new SampleRequest(whole, OptionalDouble.empty(), 3, Optional.empty()))))
          .hasMessageContaining("waited long enough");
    }

    assertThat(seen).containsExactly(EncodeProgress.Phase.QUEUED);
  }

  @Test
  void aShortFilmIsShownWholeWhereverItIsToBegin() throws Exception {
    MadeSample made =
        maker().make(request(film("film.mkv"), OptionalDouble.of(23), 60, Optional.empty()));

    assertThat(made.start()).isZero();
    assertThat(duration(path(made.sample()))).isBetween(SECONDS - 0.5, SECONDS + 0.5);
  }

  @Test
  void anOutputHasTheSourceBesideItAndIsNotWrittenOver() throws Exception {
    Path film = film("film.mkv");
    Path output = Files.createDirectories(folder.resolve("out")).resolve("look.mkv");
    MediaPath named = new MediaPath(output.toString());

    MadeSample made = maker().make(request(film, OptionalDouble.empty(), 3, Optional.of(named)));

    assertThat(made.sample()).isEqualTo(named);
    assertThat(path(made.cut())).isEqualTo(output.resolveSibling("look.source.mkv")).exists();
    byte[] first = Files.readAllBytes(output);

    assertThat(
            catchThrowable(
                () -> maker().make(request(film, OptionalDouble.empty(), 3, Optional.of(named)))))
        .hasMessageContaining("FileAlreadyExists");
    assertThat(output).hasBinaryContent(first);
    List<Path> left = new ArrayList<>(ViewingFolders.in(folder.resolve("work")).all());
    assertThat(left).as("nothing is left in the work folder").isEmpty();
  }
}
