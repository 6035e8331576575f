package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.store.Roots.RootRefused;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {

  @TempDir private Path temporary;
  private Path folder;
  private Database database;
  private Roots roots;
  private LibraryRepository libraries;

  @BeforeEach
  void emptyDatabase() throws IOException {
    folder = temporary.toRealPath();
    database = TestDatabase.fresh();
    roots = new Roots(database);
    libraries = new LibraryRepository(database);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private Library add(Path root) {
    return roots.add(root, root.getFileName().toString(), "default", false, false);
  }

  private void assertRefused(Path root, String why) {
    assertThatExceptionOfType(RootRefused.class)
        .isThrownBy(() -> add(root))
        .withMessageContaining(why);
  }

  @Test
  void aLibraryIsMarkedWithItsIdAndOurInstallation() throws IOException {
    Library library = add(folder("tv"));

    assertThat(LibraryMarker.read(folder("tv")))
        .contains(new LibraryMarker(library.id(), new InstallationRepository(database).id()));
    assertThat(libraries.list()).containsExactly(library);
    assertThat(libraries.findByName("tv")).contains(library);
  }

  @Test
  void nothingIsWrittenIntoAReadOnlyLibrary() throws IOException {
    roots.add(folder("tv"), "tv", "default", true, false);

    assertThat(folder("tv")).isEmptyDirectory();
  }

  @Test
  void refusesWhatIsNoRealReadableFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder("tv"));
    Files.createFile(folder.resolve("file"));

    assertRefused(Path.of("tv"), "not an absolute path");
    assertRefused(folder.resolve("nowhere"), "does not exist");
    assertRefused(folder.resolve("file"), "not a folder");
    assertRefused(folder.resolve("link"), "symbolic link; the folder itself is " + folder("tv"));
    assertThat(libraries.list()).isEmpty();
  }

  @Test
  void refusesRootsInsideOneAnotherByWholeSegments() throws IOException {
    add(folder("tv"));

    assertRefused(folder("tv"), "is library tv already");
    assertRefused(folder("tv/shows"), "lies inside library tv");
    assertRefused(folder, "holds library tv");
    assertThat(add(folder("tv2")).name()).isEqualTo("tv2");
  }

  @Test
  void refusesATakenName() throws IOException {
    add(folder("tv"));
    Path other = folder("other/tv");

    assertRefused(other, "the name tv is taken");
  }

  @Test
  void refusesAnotherInstallationsFolderUnlessItIsTakenOver() throws IOException {
    Path tv = folder("tv");
    new Roots(TestDatabase.fresh()).add(tv, "tv", "default", false, false);

    assertRefused(tv, "another installation");
    assertThat(libraries.list()).isEmpty();
    assertThat(roots.add(tv, "tv", "default", false, true).root()).hasToString(tv.toString());
  }

  @Test
  void aFolderInsideAnotherInstallationsLibraryIsNoLibrary() throws IOException {
    new Roots(TestDatabase.fresh()).add(folder("media"), "media", "default", false, false);
    Path tv = folder("media/shows/tv");

    assertRefused(tv, "lies inside " + folder("media") + ", which belongs to another installation");
    assertThatExceptionOfType(RootRefused.class)
        .isThrownBy(() -> roots.add(tv, "tv", "default", false, true))
        .withMessageContaining(
            "remove its marker " + folder.resolve("media/.reencodarr/library.json"));
    assertThat(tv).isEmptyDirectory();
    assertThat(libraries.list()).isEmpty();
  }

  @Test
  void oneFolderUnderTwoPathsIsOneLibrary() throws IOException {
    Library tv = add(folder("tv"));
    // as a second mount of the same folder shows it
    Path again = folder("mnt/television");
    LibraryMarker.read(folder("tv")).orElseThrow().write(again);

    assertRefused(again, "belongs to library tv at " + tv.root());
    assertRefused(folder("mnt/television/shows"), "belongs to library tv at " + tv.root());
    assertThatExceptionOfType(RootRefused.class)
        .isThrownBy(() -> roots.add(again, "again", "default", false, true));
    assertThat(LibraryMarker.read(again)).isEqualTo(LibraryMarker.read(folder("tv")));

    libraries.remove(tv.id());
    assertThat(add(again).id()).as("it was moved").isNotEqualTo(tv.id());
  }

  @Test
  void aRemovedRootComesBackWithItsIdAndVideos() throws IOException {
    Library library = add(folder("tv"));
    Video video = Rows.video(database, library, folder("tv") + "/a.mkv");

    assertThat(libraries.remove(library.id())).isTrue();
    assertThat(libraries.remove(library.id())).isFalse();
    assertThat(libraries.list()).isEmpty();

    assertThat(add(folder("tv")).id()).isEqualTo(library.id());
    assertThat(new VideoRepository(database).find(video.id())).isPresent();
  }

  @Test
  void theLibraryOfAPathIsFoundByWholeSegments() throws IOException {
    Library tv = add(folder("tv"));
    Library tv2 = add(folder("tv2"));

    assertThat(libraries.byRootContaining(new MediaPath(folder + "/tv2/a.mkv"))).contains(tv2);
    assertThat(libraries.byRootContaining(tv.root())).contains(tv);
    assertThat(libraries.byRootContaining(new MediaPath(folder + "/tv3/a.mkv"))).isEmpty();
  }

  @Test
  void theInstallationKeepsItsId() {
    UUID id = new InstallationRepository(database).id();
    database.migrate();

    assertThat(new InstallationRepository(database).id()).isEqualTo(id);
    assertThat(Optional.of(new InstallationRepository(TestDatabase.fresh()).id()))
        .isNotEqualTo(Optional.of(id));
  }
}
