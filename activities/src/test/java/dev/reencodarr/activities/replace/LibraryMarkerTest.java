package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library is written to only while its own marker lies at its root. */
class LibraryMarkerTest {

  private final LibraryId library = new LibraryId(UUID.randomUUID());
  private final UUID installation = UUID.randomUUID();

  @TempDir private Path root;

  private static void assertGone(ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOfSatisfying(
            ApplicationFailure.class, fault -> assertThat(fault.getType()).isEqualTo("MOUNT_GONE"));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    LibraryMarker marker = new LibraryMarker(library, installation);
    marker.write(root);
    marker.write(root);

    assertThat(LibraryMarker.read(root)).contains(marker);
    assertThatCode(() -> LibraryMarker.require(root, library, installation))
        .doesNotThrowAnyException();
    assertThat(root.resolve(".reencodarr")).isDirectoryContaining("glob:**/library.json");
  }

  @Test
  void anEmptyMountPointIsGone() {
    assertGone(() -> LibraryMarker.require(root, library, installation));
    assertGone(() -> LibraryMarker.require(root.resolve("missing"), library, installation));
  }

  @Test
  void anotherInstallationsOrAnotherLibraryIsNotOurs() throws IOException {
    new LibraryMarker(library, UUID.randomUUID()).write(root);
    assertGone(() -> LibraryMarker.require(root, library, installation));

    new LibraryMarker(new LibraryId(UUID.randomUUID()), installation).write(root);
    assertGone(() -> LibraryMarker.require(root, library, installation));
  }

  @Test
  void aDamagedMarkerIsNoMarker() throws IOException {
    new LibraryMarker(library, installation).write(root);
    Files.writeString(LibraryMarker.fileIn(root), "{\"library\":");

    assertGone(() -> LibraryMarker.require(root, library, installation));
  }

  @Test
  void aMarkerBehindASymbolicLinkIsNoMarker() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    new LibraryMarker(library, installation).write(elsewhere);
    Path other = Files.createDirectory(root.resolve("other"));
    Files.createSymbolicLink(other.resolve(".reencodarr"), elsewhere.resolve(".reencodarr"));

    assertGone(() -> LibraryMarker.require(other, library, installation));
  }
}
