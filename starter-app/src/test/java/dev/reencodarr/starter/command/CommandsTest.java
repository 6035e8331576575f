package dev.reencodarr.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("films/old"));
    Files.writeString(folder.resolve("films/a.mkv"), "a");
  }

  private void assertBadUsage(CommandRun run, String... words) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(words);
  }

  @Test
  void noCommandAtAllIsBadUsage() {
    assertBadUsage(CommandRun.in(folder), "say what to do", "run", "demo");
  }

  @Test
  void anUnknownCommandIsBadUsage() {
    assertBadUsage(CommandRun.in(folder, "shrink"), "shrink");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "up",
        "down",
        "status",
        "doctor",
        "settings",
        "settings show",
        "library",
        "library list",
        "enqueue",
        "videos",
        "show",
        "retry",
        "cancel",
        "pause",
        "resume",
        "undo"
      })
  void eachCommandExplainsItself(String name) {
    CommandRun help = CommandRun.in(folder, (name + " --help").split(" ", -1));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: ./reencodarr " + name).doesNotContain("null");
  }

  @Test
  void helpIsNoFailure() {
    assertThat(CommandRun.in(folder, "--help").exitCode()).isZero();
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    assertBadUsage(CommandRun.in(folder, "run", "nowhere"), folder + "/nowhere does not exist");
  }

  @Test
  void aFolderGivenTwiceIsRefused() {
    assertBadUsage(CommandRun.in(folder, "run", "films", "./films/"), "is given twice");
  }

  @Test
  void aFolderThatIsGivenTwiceThroughALinkIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("films"));

    assertBadUsage(CommandRun.in(folder, "run", "films", "link"), "is given twice");
  }

  @Test
  void aFolderInsideAnotherThatIsGivenIsRefused() {
    assertBadUsage(
        CommandRun.in(folder, "run", "films/old", "films"), "films/old lies inside", "given too");
  }

  @Test
  void anOutputFolderAmongTheOriginalsIsRefusedAndNotMade() {
    assertBadUsage(
        CommandRun.in(folder, "run", "films", "--output", "films/new"), "lies in", "films");
    assertThat(folder.resolve("films/new")).doesNotExist();
  }

  @Test
  void anOutputFolderThatLinksToTheOriginalsIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("films/old"));

    assertBadUsage(CommandRun.in(folder, "run", "films", "--output", "out"), "lies in");
  }

  @Test
  void aFileCannotBeTheOutputFolder() {
    assertBadUsage(
        CommandRun.in(folder, "run", "films/old", "--output", "films/a.mkv"), "is not a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100.5", "NaN", "high"})
  void aTargetThatIsNoScoreIsRefused(String target) {
    assertBadUsage(CommandRun.in(folder, "run", "films", "--target", target), "--target");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "6", "first"})
  void aPriorityThatIsNoneIsRefused(String priority) {
    assertBadUsage(CommandRun.in(folder, "run", "films", "--priority", priority), "--priority");
  }

  @Test
  void aNameWithANulOrABrokenLetterIsRefusedInPlainWords() {
    assertBadUsage(CommandRun.in(folder, "run", "a\u0000b"), "not a path");
    assertBadUsage(CommandRun.in(folder, "run", "a\uFFFDb"), "not valid UTF-8");
    assertBadUsage(CommandRun.in(folder, "run", ""), "an empty path");
  }

  @Test
  void undoOfEverythingAsksForAYes() {
    assertBadUsage(CommandRun.in(folder, "undo", "--all"), "--yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "cancel", "pause", "resume", "undo"})
  void aCommandAboutVideosWantsToKnowWhich(String command) {
    assertBadUsage(CommandRun.in(folder, command), "say which");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pause --all --library films",
        "resume a.mkv --all",
        "cancel a.mkv --library films",
        "retry --all --failed-with EXIT_1"
      })
  void aCommandAboutVideosWantsOneWayToKnowWhich(String command) {
    CommandRun run = CommandRun.in(folder, command.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).containsAnyOf("not both", "only one of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONSENSE", "", "EXIT", "EXIT_", "EXIT_x", "file_access"})
  void aCodeThatDoesNotExistIsBadUsage(String code) {
    assertBadUsage(
        CommandRun.in(folder, "retry", "--failed-with", code), "FILE_ACCESS, ", "EXIT_<n>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "videos",
        "show a.mkv",
        "library list",
        "library add films",
        "library scan",
        "library check",
        "enqueue films",
        "retry --all",
        "retry --failed-with EXIT_137",
        "retry --failed-with CRF_NOT_FOUND",
        "cancel --all",
        "pause --all",
        "resume --library films",
        "undo a.mkv"
      })
  void withoutAStackTheWayToStartOneIsSaid(String command) {
    CommandRun run = CommandRun.in(folder, command.split(" "));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("./reencodarr up");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsUnreachable() {
    CommandRun run =
        CommandRun.with(
            Map.of("REENCODARR_DATABASE_URL", "jdbc:postgresql://127.0.0.1:9/reencodarr"),
            folder,
            "videos",
            "--format",
            "json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the database does not answer", "./reencodarr up");
  }

  @Test
  void stoppingWhatDoesNotRunIsNoFailure() {
    CommandRun run = CommandRun.in(folder, "down");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("nothing was running");
  }
}
