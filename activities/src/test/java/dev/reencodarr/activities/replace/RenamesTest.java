package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renames that a swap is made of, on the real file system. */
class RenamesTest {

  @TempDir private Path folder;
  private Path one;
  private Path other;
  private Path free;

  @BeforeEach
  void twoFiles() throws IOException {
    one = Files.writeString(folder.resolve("one\n🎬"), "one");
    other = Files.writeString(folder.resolve("other"), "other");
    free = folder.resolve("free");
  }

  @Test
  void twoFilesChangePlaces() throws IOException {
    AtomicExchange.exchange(one, other);

    assertThat(one).hasContent("other");
    assertThat(other).hasContent("one");
  }

  @Test
  void nothingIsExchangedWithAMissingFile() {
    assertThatThrownBy(() -> AtomicExchange.exchange(one, free))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(one).hasContent("one");
  }

  @Test
  void aTakenNameIsNotTaken() throws IOException {
    assertThatThrownBy(() -> Renames.toFreeName(one, other))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Renames.linkThenUnlink(one, other))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(one).hasContent("one");
    assertThat(other).hasContent("other");
    Renames.toFreeName(one, free);
    assertThat(free).hasContent("one");
    assertThat(one).doesNotExist();
  }

  @Test
  void theOlderWayGoesOnWhereItWasCutShort() throws IOException {
    Files.createLink(free, one);

    Renames.linkThenUnlink(one, free);

    assertThat(free).hasContent("one");
    assertThat(one).doesNotExist();
  }

  @Test
  void anotherMountIsRefusedInsteadOfCopied() throws IOException {
    Path memory = InMemory.folder();
    Path there = memory.resolve("there");
    try {
      assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(folder));
      assertThatThrownBy(() -> Renames.toFreeName(one, there))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThatThrownBy(() -> Renames.intoOurs(one, there))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThat(one).hasContent("one");
    } finally {
      Files.delete(memory);
    }
  }
}
