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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The renames that a swap is made of, on the real file system. */
class RenamesTest {

  @TempDir private Path folder;
  private Path one;
  private Path other;
  private Path free;

  private static Renames renames(TestMount mount) {
    return new Renames(mount.calls(), CrashPoints.none(), "test", true);
  }

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

  @ParameterizedTest
  @EnumSource(
      value = TestMount.class,
      names = {"EVERYTHING", "LINKS", "NOTHING"})
  void aTakenNameIsNotTakenAndAFreeOneIs(TestMount mount) throws IOException {
    assertThatThrownBy(() -> renames(mount).toFreeName(one, other))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(one).hasContent("one");
    assertThat(other).hasContent("other");
    renames(mount).toFreeName(one, free);
    assertThat(free).hasContent("one");
    assertThat(one).doesNotExist();
    assertThatThrownBy(() -> renames(mount).toFreeName(one, folder.resolve("freer")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder.resolve("freer")).doesNotExist();
  }

  @Test
  void theOlderWayGoesOnWhereItWasCutShort() throws IOException {
    Files.createLink(free, one);

    renames(TestMount.LINKS).toFreeName(one, free);

    assertThat(free).hasContent("one");
    assertThat(one).doesNotExist();
  }

  @Test
  void whereInodesTellNothingATakenNameIsNotTakenForALinkOfOurs() throws IOException {
    Files.createLink(free, one);

    assertThatThrownBy(() ->
            new Renames(TestMount.LINKS.calls(), CrashPoints.none(), "test", false)
                .toFreeName(one, free))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(one).hasContent("one");
  }

  @Test
  void aPlaceholderIsKnownAgainByItsOwnPurposeAlone() throws IOException {
    Renames halted =
        new Renames(
            TestMount.NOTHING.calls(),
            (step, moment) -> {
              throw new StoppedDead.PowerFailure("with the name in hand");
            },
            "test",
            true);
    assertThatThrownBy(() -> halted.toFreeName(one, free))
        .isInstanceOf(StoppedDead.PowerFailure.class);
    assertThat(free).isNotEmptyFile();

    Renames another = new Renames(TestMount.NOTHING.calls(), CrashPoints.none(), "another", true);
    assertThatThrownBy(() -> another.toFreeName(other, free))
        .isInstanceOf(FileAlreadyExistsException.class);
    another.dropPlaceholder(free);
    assertThat(free).exists();
    renames(TestMount.NOTHING).toFreeName(one, free);
    assertThat(free).hasContent("one");
  }

  @Test
  void anotherMountIsRefusedInsteadOfCopied() throws IOException {
    Path memory = InMemory.folder();
    Path there = memory.resolve("there");
    try {
      assumeThat(Files.getFileStore(memory)).isNotEqualTo(Files.getFileStore(folder));
      assertThatThrownBy(() -> renames(TestMount.EVERYTHING).toFreeName(one, there))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThatThrownBy(() -> renames(TestMount.EVERYTHING).intoOurs(one, there))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThat(one).hasContent("one");
    } finally {
      Files.delete(memory);
    }
  }
}
