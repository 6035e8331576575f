package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.fakearr.FakeArr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type does what it says, typed line by line from the top. */
class ReadmeCommandsTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern SHELL_BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```");

  /** Folders of other people's machines. */
  private static final Pattern PLACE = Pattern.compile("(?<=[ \"])/(media|tmp)/");

  /** What fetches clips and what runs these very tests is shown to work elsewhere. */
  private static final Set<String> ELSEWHERE = Set.of("demo", "test");

  /** Commands that are followed by a look at what they did; some must be in the README. */
  private static final Set<String> LOOKED_AT =
      Set.of(
          "run --output",
          "run",
          "up",
          "library add",
          "enqueue",
          "status",
          "videos",
          "sync add",
          "sync run",
          "sync status",
          "down");

  @TempDir Path folder;

  @Test
  void everyCommandOfItsShellBlocksDoesWhatItSays() throws Exception {
    Path films = Files.createDirectories(folder.resolve("media/films"));
    Path film = Files.createDirectories(films.resolve("Some Film (1999)")).resolve("film.mkv");
    TestClips.made(film, 2);
    TestClips.made(films.resolve("another.mp4"), 2);
    byte[] original = Files.readAllBytes(film);
    Set<String> typed = new HashSet<>();
    Files.writeString(folder.resolve("sonarr-key"), FakeArr.KEY);
    Files.writeString(folder.resolve("radarr-key"), FakeArr.KEY);

    try (FakeArr sonarr = FakeArr.sonarr();
        FakeArr radarr = FakeArr.radarr();
        Installation installation =
            new Installation(folder.resolve("home"), "presets: [12]", "vmaf_scale: none")) {
      manageSeries(sonarr);
      manageFilm(radarr, film);
      installation.putLauncherInto(folder);
      for (String line : lines()) {
        long size = Files.size(film);
        String here =
            PLACE
                .matcher(line)
                .replaceAll(folder + "$0")
                .replace("http://nas:8989", sonarr.url().toString())
                .replace("http://nas:7878", radarr.url().toString());
        Installation.Said said = installation.well(line, installation.typeIntoShell(here));
        String command = commandOf(line);
        typed.add(command);
        switch (command) {
          case "run --output" -> {
            assertThat(film).hasBinaryContent(original);
            assertThat(films.resolve(".reencodarr")).doesNotExist();
            assertThat(results(folder.resolve("tmp")))
                .containsExactly(folder.resolve("tmp/smaller/film.mkv"));
          }
          case "run" -> {
            assertThat(said.out()).contains("2 videos: 2 encoded");
            assertThat(Files.size(film)).isLessThan(size);
            assertThat(Quarantine.of(films).files()).hasSize(2);
            assertThat(installation.processes()).isEmpty();
          }
          case "up" -> assertThat(said.err()).contains("Web UI: http://127.0.0.1:");
          case "library add" -> assertThat(said.out()).contains(films.toString());
          case "enqueue" -> assertThat(said.err()).contains("1 order placed");
          case "status" -> assertThat(said.out()).contains("worker ", "2 videos: 2 encoded");
          case "videos" -> assertThat(said.out()).contains("film.mkv", "another.mp4");
          case "sync add" -> assertThat(said.err()).doesNotContain("BAD");
          case "sync run" ->
              assertThat(said.out())
                  .contains("sonarr: 1 title, 1 files, 1 new", "radarr: 1 title, 1 files, 1 new");
          case "sync status" -> assertThat(said.out()).contains("sonarr sonarr at", "synced 0:0");
          case "down" -> assertThat(installation.processes()).isEmpty();
          default -> assertThat(LOOKED_AT).as(line).doesNotContain(command);
        }
      }
    }
    assertThat(typed).containsAll(LOOKED_AT);
  }

  private void manageSeries(FakeArr sonarr) throws IOException {
    Path series = folder.resolve("media/tv/Show");
    Path season = Files.createDirectories(series.resolve("Season 01"));
    Path episode = TestClips.made(season.resolve("Show.S01E01.mkv"), 2);
    sonarr.library().addFile(sonarr.library().addTitle("Show", 2020, series).id(), episode, "");
  }

  /** By the name that its own container has for the folder. */
  private static void manageFilm(FakeArr radarr, Path film) throws IOException {
    long title =
        radarr.library().addTitleInMemory("Some Film", 1999, "/movies/Some Film (1999)").id();
    var _ = radarr.library().addFileInMemory(title, "film.mkv", Files.size(film));
  }

  /** The lines that are typed, without their remarks. */
  private static List<String> lines() throws IOException {
    return SHELL_BLOCK
        .matcher(Files.readString(README))
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("./reencodarr "))
        .filter(line -> !ELSEWHERE.contains(commandOf(line)))
        .toList();
  }

  /** Its name, with the word that makes it another command. */
  private static String commandOf(String line) {
    List<String> words = List.of(line.split("\\s+", -1));
    boolean hasSubject =
        Set.of("library", "sync").contains(words.get(1)) || words.contains("--output");
    return hasSubject
        ? words.get(1) + " " + (words.contains("--output") ? "--output" : words.get(2))
        : words.get(1);
  }

  private static List<Path> results(Path output) throws IOException {
    try (var files = Files.walk(output)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
