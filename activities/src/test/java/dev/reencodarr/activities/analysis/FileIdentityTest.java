package dev.reencodarr.activities.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentityTest {

  @TempDir Path folder;

  private Path file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void aRenamedOrTouchedFileKeepsItsContent() throws IOException {
    Path file = file("a.mkv", 3_000_000);
    SourceIdentity before = FileIdentity.of(file);
    Path renamed = Files.move(file, folder.resolve("b.mkv"));
    Files.setLastModifiedTime(renamed, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    SourceIdentity after = FileIdentity.of(renamed);

    assertThat(after.sameContent(before)).isTrue();
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void aChangeAtEitherEndAnotherSizeOrAnyByteOfASmallFileIsAnotherContent() throws IOException {
    Path large = file("a.mkv", 3_000_000);
    String before = FileIdentity.of(large).sampledHash();
    assertThat(hashAfterWriting(large, 0)).isNotEqualTo(before);
    assertThat(hashAfterWriting(file("b.mkv", 3_000_000), 2_999_999)).isNotEqualTo(before);
    assertThat(hashAfterWriting(file("c.mkv", 3_000_000), 3_000_000)).isNotEqualTo(before);

    Path small = file("d.mkv", 500_000);
    String smallBefore = FileIdentity.of(small).sampledHash();
    assertThat(hashAfterWriting(small, 250_000)).isNotEqualTo(smallBefore);
  }

  private static String hashAfterWriting(Path file, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'x', 'y'}), offset);
    }
    return FileIdentity.of(file).sampledHash();
  }

  @Test
  void theTimeIsOneThatADatabaseGivesBackUnchanged() throws IOException {
    Path file = file("a.mkv", 10);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.123456789Z")));

    SourceIdentity identity = FileIdentity.of(file);

    assertThat(identity.mtime()).isEqualTo(Instant.parse("2024-05-06T07:08:09.123456Z"));
    assertThat(FileIdentity.Stamp.of(file).fits(identity)).isTrue();
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> FileIdentity.of(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void hardLinksAreCountedAndSymbolicLinksNotFollowed() throws IOException {
    Path file = file("a.mkv", 10);
    Files.createLink(folder.resolve("b.mkv"), file);
    Path link = Files.createSymbolicLink(folder.resolve("c.mkv"), folder.resolve("nowhere"));

    assertThat(FileLook.at(file).hardLinks()).isEqualTo(2);
    assertThat(FileLook.at(file).symlink()).isFalse();
    assertThat(FileLook.at(link).symlink()).isTrue();
    assertThatThrownBy(() -> FileLook.at(folder)).hasMessageContaining("not a regular file");
  }
}
