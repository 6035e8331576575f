package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.process.LockedFolder;
import dev.reencodarr.workflows.failure.FailureStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's refusals of an exchange are taken for. */
class AtomicExchangeTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "errno {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1   | post_process/file_access/FILE_ACCESS GIVE_UP
          13  | post_process/file_access/FILE_ACCESS GIVE_UP
          36  | post_process/file_access/FILE_ACCESS GIVE_UP
          28  | post_process/resource_exhaustion/RESOURCE_DISK STOP_QUEUE
          122 | post_process/resource_exhaustion/RESOURCE_DISK STOP_QUEUE
          30  | post_process/system_environment/ENV STOP_QUEUE
          107 | post_process/system_environment/ENV STOP_QUEUE
          112 | post_process/system_environment/ENV STOP_QUEUE
          116 | post_process/system_environment/ENV STOP_QUEUE
          5   | post_process/file_operations/FILE_OP_FINALIZE RETRY
          16  | post_process/file_operations/FILE_OP_FINALIZE RETRY
          71  | post_process/file_operations/FILE_OP_FINALIZE RETRY
          """)
  void whatTheKernelRefusesIsJudgedAsWhatItIs(int errno, String row) {
    IOException refused =
        catchThrowableOfType(
            IOException.class,
            () ->
                AtomicExchange.refuse(
                    errno, folder.resolve("a"), folder.resolve("b"), "an exchange"));

    assertThat(row(refused)).isEqualTo(row);
  }

  @Test
  void aFolderThatMayNotBeWrittenToIsSaidInTheSystemsWords() throws Exception {
    Path library = Files.createDirectory(folder.resolve("film"));
    Path film = Files.writeString(library.resolve("film.mkv"), "film");
    Path other = Files.writeString(library.resolve("other.mkv"), "other");

    try (LockedFolder _ = LockedFolder.of(library)) {
      Throwable refused = catchThrowable(() -> AtomicExchange.exchange(film, other));

      assertThat(row((IOException) refused))
          .isEqualTo("post_process/file_access/FILE_ACCESS GIVE_UP");
    }
    assertThat(film).hasContent("film");
  }

  private static String row(IOException refused) {
    return JudgedFault.row(
        FailureStage.POST_PROCESS, FileFaults.replacing("the swap of a film failed", refused));
  }
}
