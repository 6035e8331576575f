package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is kept can be listed, let go, put back and put elsewhere; each test has a film of its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuarantineCommandsTest {

  private static final List<String> NAMES =
      List.of(
          "accepted.mkv", "cut.mkv", "renamed.mp4", "elsewhere.mkv", "forgotten.mkv", "disk.avi");

  @TempDir private static Path folder;
  private static Path films;
  private static Installation installation;
  private static final Map<String, byte[]> originals = new HashMap<>();

  @BeforeAll
  static void replaceThemAll() throws Exception {
    films = Files.createDirectories(folder.resolve("films"));
    for (int number = 0; number < NAMES.size(); number++) {
      Path film = TestClips.made(films.resolve(NAMES.get(number)), 2 + number);
      originals.put(NAMES.get(number), Files.readAllBytes(film));
    }
    installation = new Installation(folder.resolve("home"), "presets: [12]", "vmaf_scale: none");
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
    Installation.Said said = installation.typeWell("enqueue", films, "--wait", "--target", "90");
    assertThat(said.out())
        .contains("6 originals", "freed on 20", "./reencodarr quarantine accept FILE frees them");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  private static byte[] original(String name) {
    return Objects.requireNonNull(originals.get(name), name);
  }

  private static List<String> listed() throws Exception {
    List<String> kept = new ArrayList<>();
    for (JsonNode entry : installation.typeWell("quarantine", "list", "--format", "json").json()) {
      kept.add(entry.get("kept").asText() + " " + name(entry.get("path").asText()));
      assertThat(entry.findValuesAsText("replacement")).isNotEmpty();
      assertThat(entry.get("until").asText()).isGreaterThan(entry.get("since").asText());
      assertThat(Path.of(entry.get("folder").asText())).isDirectory();
    }
    return kept;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  @Order(1)
  void everythingThatIsKeptIsListedWithItsSizeAndItsDay() throws Exception {
    assertThat(listed())
        .containsExactlyInAnyOrder(
            "original accepted.mkv",
            "original cut.mkv",
            "original renamed.mp4",
            "original elsewhere.mkv",
            "original forgotten.mkv",
            "original disk.mkv");
    assertThat(installation.typeWell("quarantine", "list").out())
        .contains("kept", "size", "until", "cut.mkv", "6 files, ");
  }

  @Test
  @Order(2)
  void aLibraryThatKeepsOriginalsIsNotRemovedUnlessTheyAreToStayAndThenTheyCanBePutBack()
      throws Exception {
    Installation.Said refused = installation.type("library", "remove", "films");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("6 files", "--keep-quarantine");
    installation.typeWell("library", "remove", "films", "--keep-quarantine");
    Path film = films.resolve("cut.mkv");
    byte[] result = Files.readAllBytes(film);
    installation.typeWell("undo", film);
    assertThat(film).as("undo works in it still").hasBinaryContent(original("cut.mkv"));
    installation.typeWell("undo", film);
    assertThat(film).hasBinaryContent(result);
  }

  @Test
  @Order(3)
  void anAcceptedOriginalIsGoneAndItsUndoSaysSo() throws Exception {
    Path film = films.resolve("accepted.mkv");

    // its library is out of use, and comes back with all that is known of it
    Installation.Said said = installation.typeWell("quarantine", "accept", film);
    installation.typeWell("library", "add", films, "--name", "films");

    assertThat(said.out()).contains("1 file let go, ");
    assertThat(Quarantine.of(films).files()).noneMatch(kept -> kept.endsWith("accepted.mkv"));
    assertThat(listed()).doesNotContain("original accepted.mkv");
    assertThat(installation.state(film)).isEqualTo("encoded");
    Installation.Said undo = installation.type("undo", film);
    assertThat(undo.exitCode()).isEqualTo(1);
    assertThat(undo.err()).contains("let go for good");
    assertThat(installation.typeWell("show", film).out()).contains("original let go");
    assertThat(installation.typeWell("quarantine", "accept", film).out()).contains("0 files");
  }

  @Test
  @Order(4)
  void anOriginalWhoseResultIsCutShortStaysAndCanBePutElsewhere() throws Exception {
    Path film = films.resolve("cut.mkv");
    byte[] half = Arrays.copyOf(Files.readAllBytes(film), 1000);
    Files.write(film, half);

    Installation.Said accept = installation.type("quarantine", "accept", film);
    Installation.Said undo = installation.type("undo", film);

    assertThat(accept.exitCode()).isEqualTo(1);
    assertThat(accept.err()).contains("not whole");
    assertThat(undo.exitCode()).isEqualTo(1);
    assertThat(undo.err()).contains("not our result");
    Path taken = films.resolve("elsewhere.mkv");
    assertThat(installation.type("undo", film, "--to", taken).exitCode()).isEqualTo(1);
    Path place = folder.resolve("rescued 'film'.mkv");
    assertThat(installation.typeWell("undo", film, "--to", place).err())
        .contains("the original is at");
    assertThat(place).hasBinaryContent(original("cut.mkv"));
    assertThat(film).hasBinaryContent(half);
    assertThat(listed()).doesNotContain("original cut.mkv");
  }

  /** As where another film took the path of a result that somebody had removed. */
  @Test
  @Order(4)
  void anOriginalWhoseVideoIsNotKnownAnyMoreIsPutElsewhereByTheIdOfItsReplacement()
      throws Exception {
    Path film = films.resolve("forgotten.mkv");
    String id = "";
    for (JsonNode entry : installation.typeWell("quarantine", "list", "--format", "json").json()) {
      if (name(entry.get("path").asText()).equals("forgotten.mkv")) {
        id = entry.get("replacement").asText();
      }
    }
    installation
        .database()
        .client()
        .sql("delete from videos where path = ?")
        .param(film.toString())
        .update();
    Files.delete(film);

    Installation.Said accept = installation.type("quarantine", "accept", id);
    Path place = folder.resolve("remembered.mkv");
    Installation.Said undo = installation.typeWell("undo", id, "--to", place);

    assertThat(accept.exitCode()).isEqualTo(1);
    assertThat(accept.err()).contains("(replacement " + id + ")", "last copy");
    assertThat(undo.err()).contains("the original is at");
    assertThat(undo.out()).contains("1 original put back");
    assertThat(place).hasBinaryContent(original("forgotten.mkv"));
    assertThat(listed()).doesNotContain("original forgotten.mkv");
  }

  @Test
  @Order(5)
  void anUndoFollowsAFileThatWasRenamed() throws Exception {
    Path season = Files.createDirectories(films.resolve("Season 01"));
    Files.move(films.resolve("renamed.mp4"), season.resolve("S01E01.mp4"));

    Installation.Said undo = installation.typeWell("undo", films.resolve("renamed.mp4"));

    assertThat(undo.err()).contains("S01E01.mp4");
    assertThat(season.resolve("S01E01.mp4")).hasBinaryContent(original("renamed.mp4"));
    assertThat(films.resolve("renamed.mp4")).doesNotExist();
    assertThat(listed()).contains("result S01E01.mp4");
  }

  @Test
  @Order(6)
  void whatIsYoungerThanAskedForStays() throws Exception {
    int before = Quarantine.of(films).files().size();

    Installation.Said said =
        installation.typeWell("quarantine", "accept", "--all", "--older-than", "1d");

    assertThat(said.out()).contains("0 files let go");
    assertThat(Quarantine.of(films).files()).hasSize(before);
    assertThat(installation.type("quarantine", "accept", "--all", "--older-than", "1x").exitCode())
        .isEqualTo(2);
    assertThat(installation.type("quarantine", "accept", "--all", "--without-result").exitCode())
        .isEqualTo(2);
  }

  @Test
  @Order(7)
  void withoutTheDatabaseOriginalsComeBackByWhatLiesInTheLibrary() throws Exception {
    Installation.Said refused = installation.type("undo", "--from-disk", films);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("the database is there");
    installation.typeWell("down");

    Installation.Said undone = installation.typeWell("undo", "--from-disk", films);

    assertThat(undone.out()).contains("2 originals put back");
    assertThat(films.resolve("disk.avi")).hasBinaryContent(original("disk.avi"));
    assertThat(films.resolve("disk.mkv")).doesNotExist();
    assertThat(films.resolve("elsewhere.mkv")).hasBinaryContent(original("elsewhere.mkv"));
    assertThat(installation.typeWell("undo", "--from-disk", films).out())
        .contains("0 originals put back");
  }

  @Test
  @Order(8)
  void everythingElseIsLetGoAndNothingIsLeftLyingAbout() throws Exception {
    installation.typeWell("up", "--detach");
    // the database learns what was done without it, and keeps it
    Path elsewhere = films.resolve("elsewhere.mkv");
    Path disk = films.resolve("disk.avi");
    installation.typeWell("enqueue", elsewhere, disk, "--wait", "--target", "90");
    for (Path film : List.of(elsewhere, disk)) {
      assertThat(installation.known(film).get("skip_reason").asText()).isEqualTo("kept");
    }

    installation.typeWell("quarantine", "accept", "--all");

    assertThat(Quarantine.of(films).files()).isEmpty();
    assertThat(listed()).isEmpty();
    assertThat(disk).hasBinaryContent(original("disk.avi"));
    installation.typeWell("library", "remove", "films");
  }
}
