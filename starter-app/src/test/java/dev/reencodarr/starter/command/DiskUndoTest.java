package dev.reencodarr.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.starter.stack.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no fence without a database: so it is not enough that none answers. */
class DiskUndoTest {

  private static final String[] UNDO = {"undo", "--from-disk", "films"};
  private static final String[] INSISTING = {"undo", "--from-disk", "films", "--database-is-lost"};

  @TempDir private Path folder;
  private Path home = Path.of("");

  @BeforeEach
  void films() throws IOException {
    Files.createDirectories(folder.resolve("films"));
    home = folder.resolve("home");
  }

  private static void assertRefused(CommandRun run, String why) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(why);
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("0 originals put back");
  }

  @Test
  void aHomeWithoutADatabaseProvesNothing() {
    assertRefused(CommandRun.in(folder, UNDO), "--database-is-lost");
    assertThat(home).doesNotExist();

    assertDone(CommandRun.in(folder, INSISTING));
  }

  @Test
  void aDatabaseElsewhereThatDoesNotAnswerIsNotTakenForLost() throws IOException {
    Map<String, String> environment =
        Map.of("REENCODARR_DATABASE_URL", "jdbc:postgresql://127.0.0.1:9/reencodarr");
    Files.createDirectories(home.resolve("postgres"));

    assertRefused(CommandRun.with(environment, folder, UNDO), "--database-is-lost");

    assertDone(CommandRun.with(environment, folder, INSISTING));
  }

  @Test
  void aLocalStackThatIsDownIsNotAtWork() throws IOException {
    Files.createDirectories(home.resolve("postgres"));

    assertDone(CommandRun.in(folder, UNDO));
  }

  @Test
  void whileAnythingOfTheStackRunsNothingIsPutBack() throws IOException {
    Files.createDirectories(home.resolve("postgres"));
    try (RunFolder.Held _ = new RunFolder(home.resolve("run")).hold().orElseThrow()) {
      assertRefused(CommandRun.in(folder, UNDO), "./reencodarr down");
      assertRefused(CommandRun.in(folder, INSISTING), "./reencodarr down");
    }
    Path ofWorker = home.resolve("run/worker-this.lock");
    try (FileChannel channel =
            FileChannel.open(ofWorker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      assertRefused(CommandRun.in(folder, INSISTING), "./reencodarr down");
    }

    assertDone(CommandRun.in(folder, UNDO));
  }

  @Test
  void aLostDatabaseIsSaidOfAnUndoFromDiskAlone() {
    assertRefused(
        CommandRun.in(folder, "undo", "films", "--database-is-lost"), "goes with --from-disk");
  }
}
