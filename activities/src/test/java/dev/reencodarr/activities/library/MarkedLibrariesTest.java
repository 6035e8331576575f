package dev.reencodarr.activities.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedLibrariesTest {

  private final Database database = TestDatabase.fresh();
  private final MarkedLibraries libraries = new MarkedLibraries(database);
  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    root = Files.createDirectories(folder.resolve("films"));
  }

  private Library add(boolean readOnly) throws Exception {
    Library library =
        new LibraryRepository(database)
            .add("films", new MediaPath(root.toString()), "default", readOnly);
    if (!readOnly) {
      new LibraryMarker(library.id(), new InstallationRepository(database).id()).write(root);
    }
    return library;
  }

  private MediaPath film() {
    return new MediaPath(root.resolve("a/film.mkv").toString());
  }

  private void assertGone() {
    assertThatThrownBy(() -> libraries.requireMounted(film()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            fault -> {
              assertThat(fault.getType()).isEqualTo(EvidenceKind.MOUNT_GONE.name());
            });
  }

  @Test
  void aFileIsTakenForDeletedOnlyWhereItsLibraryIsMounted() throws Exception {
    add(false);
    assertThatCode(() -> libraries.requireMounted(film())).doesNotThrowAnyException();

    Files.move(root, folder.resolve("unmounted"));
    assertGone();

    // An empty mount point.
    Files.createDirectory(root);
    assertGone();
  }

  @Test
  void aLibraryThatIsOnlyReadHasNoMarkerAndIsThereWhereItsFolderIs() throws Exception {
    add(true);
    assertThatCode(() -> libraries.requireMounted(film())).doesNotThrowAnyException();

    Files.delete(root);
    assertGone();
  }
}
