package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every bad input that we know, in one order: each ends encoded or with a clear reason, no original
 * loses a byte, and none stops the others.
 */
class BadInputsTest {

  private static final Path SCRIPT = Path.of("../bench/bad-inputs.sh").toAbsolutePath().normalize();

  @TempDir private static Path folder;
  private static Path films;
  private static Installation installation;
  private static List<Expectation> expectations = List.of();
  private static String unspeakableBefore = "";
  private static Installation.Said enqueued;
  private static final Map<String, Original> originals = new HashMap<>();
  private static final Map<String, JsonNode> videos = new HashMap<>();

  /** A file as it was before we saw it. */
  private record Original(String sha256, long size, FileTime mtime) {

    static Original of(Path file) throws IOException {
      return new Original(checksum(file), Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  @BeforeAll
  static void workEverythingOff() throws Exception {
    films = folder.resolve("films");
    expectations =
        Expectation.read(
            told("bash", SCRIPT, films, TestTools.tools().ffmpeg().toAbsolutePath().toString()));
    for (Expectation expected : expectations) {
      Path file = films.resolve(expected.name());
      if (!expected.is("refused") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        originals.put(expected.name(), Original.of(readableFor(file)));
      }
    }
    unspeakableBefore = unspeakable();
    installation =
        new Installation(folder.resolve("home"), "presets: [12]", "vmaf_scale: none")
            .withoutRootsRights();
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "bad");
    enqueued = installation.type("enqueue", films, "--wait", "--target", "90");
    for (JsonNode video :
        installation.typeWell("videos", "--format", "json", "--limit", "1000").json()) {
      videos.put(films.relativize(Path.of(video.get("path").asText())).toString(), video);
    }
  }

  /** Who is not root has to look at the unreadable file before it becomes so. */
  private static Path readableFor(Path file) throws IOException {
    if (Files.isReadable(file)) {
      return file;
    }
    // Same bytes, same date: the script copies it from the sound one.
    return file.resolveSibling("good.mkv");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  static Stream<Expectation> expectations() {
    return expectations.stream();
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void becomesWhatTheScriptExpects(Expectation expected) throws IOException {
    if (expected.is("encoded")) {
      assertEncoded(expected);
    } else if (expected.is("skipped")) {
      assertThat(video(expected.name()).get("state").asText()).isEqualTo("skipped");
      assertThat(video(expected.name()).get("skip_reason").asText()).isEqualTo(expected.because());
      assertUntouched(expected);
    } else if (expected.is("failed")) {
      assertThat(video(expected.name()).get("state").asText()).isEqualTo("failed");
      assertThat(video(expected.name()).get("failure_code").asText()).isEqualTo(expected.because());
      assertUntouched(expected);
    } else {
      assertThat(expected.outcome()).isIn("refused", "ignored");
      assertThat(videos).doesNotContainKey(expected.name());
    }
  }

  private static void assertEncoded(Expectation expected) throws IOException {
    String result = resultOf(expected.name());
    JsonNode video = video(result);
    assertThat(video.get("state").asText()).isEqualTo("encoded");
    assertThat(video.get("codec").asText()).isEqualTo("av1");
    Original original = original(expected);
    Path kept = Quarantine.of(films).original(expected.fileName());
    assertThat(Original.of(kept)).isEqualTo(original);
    assertThat(Files.size(films.resolve(result))).isLessThan(original.size());
    assertThat(Files.getLastModifiedTime(films.resolve(result))).isEqualTo(original.mtime());
  }

  /**
   * Matroska stays, an mp4 that is one stays; all else, and what only says so, becomes Matroska.
   */
  private static String resultOf(String name) {
    return name.equals("liar.mp4") ? "liar.mkv" : name.replaceFirst("\\.(mpg|ts)$", ".mkv");
  }

  private static void assertUntouched(Expectation expected) throws IOException {
    Path file = films.resolve(expected.name());
    if (Files.isSymbolicLink(file)) {
      assertThat(Files.readSymbolicLink(file)).isRelative();
      return;
    }
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(original(expected).mtime());
    assertThat(Files.size(file)).isEqualTo(original(expected).size());
    if (Files.isReadable(file)) {
      assertThat(Original.of(file)).isEqualTo(original(expected));
    }
  }

  private static Original original(Expectation expected) {
    return Objects.requireNonNull(originals.get(expected.name()), expected.name());
  }

  private static JsonNode video(String name) {
    return Objects.requireNonNull(videos.get(name), name);
  }

  @Test
  void theOrderFailsSinceSomeOfItsVideosDidAndSaysWhatItLeftAlone() {
    long looked =
        expectations.stream()
            .filter(expected -> !expected.is("ignored") && !expected.is("refused"))
            .count();
    assertThat(expectations)
        .as("files and folders, each with what becomes of it")
        .hasSizeGreaterThan(60);
    assertThat(enqueued.exitCode()).isEqualTo(1);
    assertThat(enqueued.err()).contains("named in something else than UTF-8");
    assertThat(enqueued.out())
        .contains("2 of " + looked + " files: the file has several hard links")
        .contains(looked + " videos: ", "Put one back with");
  }

  @Test
  void aNameThatIsNoUtf8KeepsItsBytesAndItsDate() throws Exception {
    assertThat(unspeakableBefore).isNotEmpty();
    assertThat(unspeakable()).isEqualTo(unspeakableBefore);
  }

  @Test
  void identicalContentIsProbedOnce() throws IOException {
    List<JsonNode> copies =
        videos.values().stream()
            .filter(video -> video.path("original_size").asLong() == good().size())
            .toList();
    assertThat(copies).hasSizeGreaterThan(10);
    int measured =
        copies.stream()
            .mapToInt(video -> video.get("probes").asInt() - video.get("known_probes").asInt())
            .sum();
    assertThat(measured).isPositive().isEqualTo(installation.pointsMeasuredFor(copies));
  }

  private static Original good() {
    return original(new Expectation("good.mkv", "", ""));
  }

  @Test
  void nothingIsLeftLyingAbout() throws IOException {
    try (Stream<Path> stage = Files.walk(films.resolve(".reencodarr"))) {
      assertThat(stage.filter(Files::isRegularFile).map(file -> films.relativize(file).toString()))
          .allMatch(file ->
              file.startsWith(".reencodarr/quarantine/")
                  || file.equals(".reencodarr/library.json"));
    }
    try (Stream<Path> jobs = Files.list(installation.home().resolve("work/jobs"))) {
      assertThat(jobs.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void everyStreamOfAFilmSurvivesWithItsTitleLanguageAndFlags() throws Exception {
    Path result = films.resolve("everything.mkv");
    JsonNode shown = looked(result);
    List<String> streams = new ArrayList<>();
    for (JsonNode stream : shown.get("streams")) {
      streams.add(
          "%s %s %s %s|%s"
              .formatted(
                  stream.path("codec_type").asText(),
                  stream.path("codec_name").asText(),
                  stream.path("tags").path("language").asText("-"),
                  stream
                      .path("tags")
                      .path("title")
                      .asText(stream.path("tags").path("filename").asText()),
                  flags(stream)));
    }
    assertThat(streams)
        .containsExactly(
            "video av1 eng |",
            "audio ac3 eng Surround|default",
            "audio aac deu Kommentar|comment",
            "subtitle subrip eng English|",
            "subtitle ass deu Deutsch (Schilder)|default,forced",
            "attachment ttf - madeup.ttf|",
            "video mjpeg - cover.jpg|attached_pic");
    assertThat(shown.get("chapters").findValuesAsText("title"))
        .containsExactly("Opening", "Closing");
    assertThat(shown.get("chapters").findValuesAsText("start_time"))
        .containsExactly("0.000000", "3.000000");
    assertThat(shown.path("format").path("tags").path("title").asText()).isEqualTo("Everything");
    Path original = Quarantine.of(films).original("everything.mkv");
    assertThat(font(result)).isEqualTo(font(original));
    for (String stream : List.of("1", "2", "3", "4", "6")) {
      assertThat(packets(result, stream))
          .as("stream " + stream)
          .isEqualTo(packets(original, stream));
    }
  }

  private static String flags(JsonNode stream) {
    List<String> set = new ArrayList<>();
    stream
        .path("disposition")
        .properties()
        .forEach(flag -> {
          if (flag.getValue().asInt() == 1) {
            set.add(flag.getKey());
          }
        });
    return String.join(",", set);
  }

  private static JsonNode looked(Path file) throws Exception {
    return new Installation.Said(
            0,
            told(
                TestTools.tools().ffprobe(),
                "-v",
                "error",
                "-show_streams",
                "-show_chapters",
                "-show_format",
                "-of",
                "json",
                "-i",
                file),
            "")
        .json();
  }

  private static byte[] font(Path file) throws IOException {
    Path font = Files.createTempFile(folder, "font", ".ttf");
    TestClips.ffmpeg("-dump_attachment:5", font, "-i", file, "-t", "0", "-f", "null", "-");
    return Files.readAllBytes(font);
  }

  /** The checksums of a stream's packets. */
  private static String packets(Path file, String stream) throws Exception {
    return told(
        TestTools.tools().ffmpeg(),
        "-v",
        "error",
        "-i",
        file,
        "-map",
        "0:" + stream,
        "-c",
        "copy",
        "-f",
        "streamhash",
        "-");
  }

  @Test
  void whatFfprobeSaidOfABrokenFileIsALogThatFailuresShowPrints() throws Exception {
    JsonNode broken =
        installation.known(films.resolve("text.mkv")).get("failures").get(0).get("id");

    JsonNode shown = installation.typeWell("failures", "show", broken, "--format", "json").json();

    Path log = Path.of(shown.at("/system_context/log").asText());
    assertThat(log.getParent()).isEqualTo(installation.home().resolve("work/logs"));
    assertThat(log.getFileName().toString()).startsWith("text.mkv.analysis-");
    assertThat(installation.typeWell("failures", "show", broken).out())
        .contains("log               " + log + "\nlast lines of the log:\n")
        .contains("Invalid data found when processing input\n", "  == exit code 1, after ");
  }

  @Test
  void movTextSubtitlesOfAnMp4StayInIt() throws Exception {
    JsonNode shown = looked(films.resolve("subtitled.mp4"));
    assertThat(shown.get("streams").findValuesAsText("codec_name"))
        .containsExactly("av1", "aac", "mov_text");
  }

  @Test
  void aFileThatVanishesBetweenScanAndWorkFailsAndTheOthersGoOn() throws Exception {
    Path library = Files.createDirectories(folder.resolve("vanishing"));
    TestClips.made(library.resolve("stays.mkv"), 5);
    Path vanishes = TestClips.made(library.resolve("vanishes.mkv"), 6);
    installation.typeWell("library", "add", library, "--name", "vanishing");
    installation.typeWell("enqueue", library, "--target", "90");
    Installation.until("the scan has looked at it", () -> installation.isAnalysed(vanishes));
    Files.delete(vanishes);

    Installation.until(
        "the other one is encoded",
        () -> installation.state(library.resolve("stays.mkv")).equals("encoded"));
    Installation.until(
        "what vanished is settled", () -> installation.state(vanishes).equals("failed"));
    assertThat(installation.known(vanishes).get("failure_code").asText()).isEqualTo("FILE_ACCESS");
    assertThat(vanishes).doesNotExist();
  }

  @Test
  void foldersThatCannotBeWorkedOnAreRefusedInPlainWords() throws Exception {
    Path inside = Files.createDirectories(films.resolve("Series \"A\"/Season 01"));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));

    assertRefused("does not exist", folder.resolve("nowhere"));
    assertRefused("is given twice", films, films + "/.");
    assertRefused("lies inside", films, inside);
    assertRefused("lies in no library", folder.resolve("home"));
    assertRefused("there is no library", "nobody");
    assertRefused("dangling", dangling);
    Path locked = Files.createDirectories(films.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    assertRefused("cannot be read by this user", locked);
  }

  @Test
  void temporalItselfFindsVideosByStateAndFailureCode() throws Exception {
    assertThat(found("VideoState='failed' and FailureCode='VERIFY_FAILED'"))
        .containsExactly(workflow("truncated.mkv"));
    assertThat(found("VideoState='failed' and FailureCode='VALIDATION'"))
        .containsExactly(workflow("flipped.mkv"));
    assertThat(found("VideoState='encoded' and Library='bad'"))
        .containsExactlyInAnyOrderElementsOf(
            videos.values().stream()
                .filter(video -> video.get("state").asText().equals("encoded"))
                .map(video -> video.get("workflow_id").asText())
                .toList());
    assertThat(temporal("operator", "namespace", "describe", "default"))
        .contains("\"workflowExecutionRetentionTtl\": \"2592000s\"");
  }

  private static String workflow(String name) {
    return video(name).get("workflow_id").asText();
  }

  /** The ids of the workflows that a query finds. */
  private static List<String> found(String query) throws Exception {
    List<String> ids = new ArrayList<>();
    new Installation.Said(0, temporal("workflow", "list", "--query", query), "")
        .json()
        .forEach(workflow -> ids.add(workflow.at("/execution/workflowId").asText()));
    return ids;
  }

  /** What Temporal's own command line prints. */
  private static String temporal(String... words) throws Exception {
    String address =
        installation.typeWell("status", "--format", "json").json().get("temporal_address").asText();
    return told(
        Stream.of(
                Stream.of(TestTools.temporal()),
                Stream.of(words),
                Stream.of("--address", address, "--output", "json"))
            .flatMap(part -> part)
            .toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "enqueue bad", "retry flipped.mkv"})
  void whereTemporalDoesNotAnswerTheWayToStartItIsSaid(String command) throws Exception {
    Object[] words = command.replace("flipped.mkv", films + "/flipped.mkv").split(" ", -1);
    Installation.Said said =
        installation.typeWith("REENCODARR_TEMPORAL_ADDRESS", "127.0.0.1:9", words);

    assertThat(said.exitCode()).as(said.err()).isEqualTo(3);
    assertThat(said.err()).contains("Temporal does not answer", "./reencodarr up");
  }

  private static void assertRefused(String why, Object... targets) throws Exception {
    Object[] words = Stream.concat(Stream.of("enqueue"), Stream.of(targets)).toArray();
    Installation.Said said = installation.type(words);
    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains(why);
  }

  private static String checksum(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checksum and date of the file whose name Java cannot say. */
  private static String unspeakable() throws Exception {
    return told(
        "bash",
        "-c",
        "cd \"$1\" && for file in latin1-*; do stat -c '%s %Y' -- \"$file\"; sha256sum <\"$file\"; done",
        "bash",
        films);
  }

  /** What a program prints. */
  private static String told(Object... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(List.of(command).toString()).isZero();
    return out;
  }
}
