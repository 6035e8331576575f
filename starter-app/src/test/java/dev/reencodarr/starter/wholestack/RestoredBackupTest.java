package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The database comes back from a backup that does not know what was encoded, undone, renamed and
 * accepted since: nothing is encoded again, and everything can be taken back.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoredBackupTest {

  private static final List<String> BEFORE = List.of("early.mkv", "accepted.mkv");
  private static final List<String> SINCE = List.of("same 映画.mkv", "new.avi", "undone.avi");

  @TempDir private static Path folder;
  private static Path films;
  private static Installation installation;
  private static final Map<String, byte[]> originals = new HashMap<>();
  private static Map<String, byte[]> lastSeen = Map.of();

  @BeforeAll
  static void aBackupThatIsOlderThanTheFiles() throws Exception {
    films = Files.createDirectories(folder.toRealPath().resolve("films"));
    installation = new Installation(folder.resolve("home"), "presets: [12]", "vmaf_scale: none");
    make(BEFORE, 2);
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
    encode();
    installation.typeWell("down");
    Path data = installation.home().resolve("postgres/data");
    Path backup = installation.home().resolve("backup");
    copy(data, backup);

    make(SINCE, 4);
    installation.typeWell("up", "--detach");
    encode();
    installation.typeWell("undo", films.resolve("early.mkv"), films.resolve("undone.mkv"));
    installation.typeWell("quarantine", "accept", films.resolve("accepted.mkv"));
    Path season = Files.createDirectories(films.resolve("Season 01"));
    Files.move(films.resolve("new.mkv"), season.resolve("S01E01.mkv"));
    lastSeen = contents();
    installation.typeWell("down");

    Files.move(data, installation.home().resolve("lost"));
    copy(backup, data);
    installation.typeWell("up", "--detach");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  private static void make(List<String> names, int seconds) throws Exception {
    for (String name : names) {
      Path film = TestClips.made(films.resolve(name), seconds + names.indexOf(name));
      originals.put(name, Files.readAllBytes(film));
    }
  }

  private static byte[] original(String name) {
    return Objects.requireNonNull(originals.get(name), name);
  }

  private static void encode() throws Exception {
    installation.typeWell("enqueue", films, "--wait", "--target", "90");
  }

  /** A file-level copy of the stopped server's data. */
  private static void copy(Path from, Path to) throws Exception {
    Process copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(copy.waitFor()).isZero();
  }

  /** Every film that people see, by its path in the library. */
  private static Map<String, byte[]> contents() throws Exception {
    Map<String, byte[]> contents = new HashMap<>();
    try (var walk = Files.walk(films)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = films.relativize(file).toString();
        if (!name.startsWith(".reencodarr/")) {
          contents.put(name, Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  private static int count(String table) {
    return installation
        .database()
        .client()
        .sql("select count(*) from " + table)
        .query(Integer.class)
        .single();
  }

  private static List<String> listed() throws Exception {
    List<String> kept = new ArrayList<>();
    for (JsonNode entry : installation.typeWell("quarantine", "list", "--format", "json").json()) {
      String path = entry.get("path").asText();
      kept.add(entry.get("kept").asText() + " " + path.substring(path.lastIndexOf('/') + 1));
    }
    return kept;
  }

  @Test
  @Order(1)
  void nothingIsEncodedOrMeasuredAgain() throws Exception {
    int encodes = count("encodes");
    int points = count("search_points");
    assertThat(encodes).as("the backup is an old one").isEqualTo(BEFORE.size());

    encode();
    installation.typeWell("library", "scan", "films", "--wait");

    assertThat(count("encodes")).isEqualTo(encodes);
    assertThat(count("search_points")).isEqualTo(points);
    Map<String, byte[]> now = contents();
    assertThat(now.keySet()).isEqualTo(lastSeen.keySet());
    lastSeen.forEach((name, bytes) -> assertThat(now.get(name)).as(name).isEqualTo(bytes));
    assertThat(films.resolve("early.mkv")).hasBinaryContent(original("early.mkv"));
    assertThat(films.resolve("undone.avi")).hasBinaryContent(original("undone.avi"));
    for (String kept : List.of("early.mkv", "undone.avi")) {
      assertThat(installation.known(films.resolve(kept)).get("skip_reason").asText())
          .as(kept)
          .isEqualTo("kept");
    }
    for (String encoded : List.of("same 映画.mkv", "Season 01/S01E01.mkv")) {
      assertThat(installation.state(films.resolve(encoded))).as(encoded).isEqualTo("encoded");
    }
  }

  @Test
  @Order(2)
  void whatIsKeptIsListedAgain() throws Exception {
    assertThat(listed())
        .containsExactlyInAnyOrder(
            "result early.mkv",
            "result undone.mkv",
            "original same 映画.mkv",
            "original S01E01.mkv",
            // its folder is gone, as far as anybody can see
            "original accepted.mkv");
    Path accepted = films.resolve("accepted.mkv");
    assertThat(installation.type("quarantine", "accept", accepted).err())
        .contains("what it keeps is not there", "`quarantine accept --without-result` forgets it");
    assertThat(listed()).hasSize(5);

    installation.typeWell("quarantine", "accept", "--without-result", accepted);

    assertThat(listed()).hasSize(4);
    assertThat(installation.state(accepted)).isEqualTo("encoded");
  }

  @Test
  @Order(3)
  void whatWasAdoptedCanBeUndoneAndTheUndoToo() throws Exception {
    installation.typeWell(
        "undo", films.resolve("same 映画.mkv"), films.resolve("Season 01/S01E01.mkv"));

    assertThat(films.resolve("same 映画.mkv")).hasBinaryContent(original("same 映画.mkv"));
    assertThat(films.resolve("Season 01/S01E01.avi")).hasBinaryContent(original("new.avi"));
    assertThat(films.resolve("Season 01/S01E01.mkv")).doesNotExist();
    installation.typeWell("undo", films.resolve("undone.avi"));
    assertThat(films.resolve("undone.mkv")).isRegularFile();
    assertThat(films.resolve("undone.avi")).doesNotExist();
  }
}
