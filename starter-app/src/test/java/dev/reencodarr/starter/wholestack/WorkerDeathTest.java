package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.store.EncodeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers come and go in the middle of an encode: it is taken over, and launched once. */
class WorkerDeathTest {

  /** The promise, counted from where the next worker asks for work. */
  private static final Duration TO_ATTACH = Duration.ofSeconds(15);

  /** The worker's two graces, and a margin for a busy machine. */
  private static final Duration TO_DRAIN = Duration.ofSeconds(40);

  private static final Pattern UNDER_WAY = Pattern.compile("encoding [1-9]\\d* %");

  @TempDir private static Path folder;
  private static Installation installation;
  private static Path clip;

  @BeforeAll
  static void startWithASlowEncoderAndAQuickSearch() throws Exception {
    clip = TestClips.made(folder.resolve("clip.mkv"), 40);
    Path films = Files.createDirectories(folder.resolve("films"));
    installation =
        new Installation(
            folder.resolve("home"),
            "presets: [4]",
            "min_crf: 40",
            "max_crf: 40",
            "cpu_threads: 1",
            "vmaf_scale: none",
            "vmaf_subsample: 10");
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  @Test
  void anEncodeOutlivesAWorkerThatIsKilledAndOneThatIsStopped() throws Exception {
    Path film = order("outlives.mkv");
    byte[] original = Files.readAllBytes(film);
    RunningEncode encode = underWay(film);

    String first = encode.attempt();
    int workers = workersSoFar();
    // Held still while workers come and go, so that it ends before on no machine.
    encode.hold();
    ProcessHandle killed = installation.member("worker");
    assertThat(killed.destroyForcibly()).isTrue();
    Installation.until("the worker is gone", () -> !killed.isAlive());
    assertTakenOver(encode, first, workers);

    String second = encode.attempt();
    workers = workersSoFar();
    encode.hold();
    ProcessHandle stopped = installation.member("worker");
    assertThat(stopped.destroy()).isTrue();
    Installation.until("the worker has drained", TO_DRAIN, () -> !stopped.isAlive());
    assertTakenOver(encode, second, workers);

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.encodes(video(film)))
        .singleElement()
        .satisfies(row -> assertThat(row.launches()).isEqualTo(1))
        .satisfies(row -> assertThat(row.ending()).isEqualTo(EncodeRow.Ending.FINISHED));
    assertThat(installation.known(film).get("failures").findValuesAsText("message"))
        .as("the killed worker's successor spoke for it, the stopped one for itself")
        .containsExactlyInAnyOrder(
            "Worker restarted: the worker was started anew",
            "Worker restarted: the attempt was given up; the encode runs on");
    assertThat(installation.jobs(video(film))).isEmpty();
    assertThat(Files.size(film)).isLessThan(original.length);
    assertThat(Quarantine.of(folder.resolve("films")).original("outlives.mkv"))
        .hasBinaryContent(original);
  }

  @Test
  void downEndsEncodesAndSaysSoUnlessItIsToldToKeepThem() throws Exception {
    Path film = order("kept.mkv");
    byte[] original = Files.readAllBytes(film);
    RunningEncode encode = underWay(film);

    String before = encode.attempt();
    int workers = workersSoFar();
    encode.hold();
    assertThat(installation.typeWell("down", "--keep-encodes").err())
        .contains("keeps running: kept.mkv");
    assertThat(installation.processes()).isNotEmpty().allMatch(encode::includes);
    installation.typeWell("up", "--detach");
    assertTakenOver(encode, before, workers);

    Instant begun = encode.begun();
    assertThat(installation.typeWell("down").err()).contains("is lost and begins anew: kept.mkv");
    assertThat(installation.processes()).isEmpty();
    assertThat(encode.folder()).doesNotExist();

    installation.typeWell("up", "--detach");
    RunningEncode anew = underWay(film);
    assertThat(anew.begun()).isAfter(begun);
    assertThat(anew.launches()).isEqualTo(1);

    installation.typeWell("cancel", film);
    Installation.until("it is cancelled", () -> installation.state(film).equals("cancelled"));
    Installation.until("its encode is ended", () -> anew.processes().isEmpty());
    assertThat(film).hasBinaryContent(original);
  }

  private static Path order(String name) throws Exception {
    Path film = Files.copy(clip, folder.resolve("films").resolve(name));
    installation.typeWell("enqueue", film, "--target", "60");
    return film;
  }

  /** Waits until people are shown how far the encode of this film has come. */
  private static RunningEncode underWay(Path film) throws Exception {
    Installation.until(
        film + " is being encoded",
        () -> UNDER_WAY.matcher(installation.type("show", film).out()).find());
    return new RunningEncode(installation.jobs(video(film)).getFirst());
  }

  /** The next worker waits for the very same processes, and they get on. */
  private static void assertTakenOver(RunningEncode encode, String attempt, int workers)
      throws Exception {
    Installation.until("another worker asks for work", () -> workersSoFar() > workers);
    Installation.until(
        "the encode is attached to", TO_ATTACH, () -> !encode.attempt().equals(attempt));
    assertThat(encode.launches()).isEqualTo(1);
    long frames = encode.frames();
    encode.goOn();
    Installation.until("the encode gets on", () -> encode.frames() > frames);
  }

  private static int workersSoFar() throws IOException {
    return Files.readString(installation.home().resolve("logs/worker.log"))
        .split("worker is polling", -1)
        .length;
  }

  private static JsonNode video(Path film) throws Exception {
    return installation.known(film);
  }
}
