package dev.reencodarr.activities.library.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real folders, watched by the real kernel. */
class WatchedTreeTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path temporary;
  private Path root;
  private WatchService service;
  private final Set<Path> touched = new HashSet<>();
  private final Set<Path> lost = new HashSet<>();
  private final Set<Path> others = new HashSet<>();
  private final Set<Path> untold = new HashSet<>();
  private boolean isThere = true;

  private final WatchedTree.Listener listener =
      new WatchedTree.Listener() {
        @Override
        public void touched(Path path) {
          touched.add(path);
        }

        @Override
        public void lost(Path folder) {
          lost.add(folder);
        }
      };

  @BeforeEach
  void service() throws IOException {
    // As a library may: below a hidden folder.
    root = Files.createDirectories(temporary.toRealPath().resolve(".hidden/films"));
    service = FileSystems.getDefault().newWatchService();
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  private WatchedTree tree(Registration registration) {
    return new WatchedTree(
        root, service, registration, untold::contains, others::contains, listener);
  }

  private WatchedTree watching() throws IOException {
    WatchedTree tree = tree(Registration.real());
    tree.watch(Instant.now().plusSeconds(60));
    return tree;
  }

  private boolean takeAll(WatchedTree tree) {
    try {
      for (WatchKey key = service.poll(); key != null; key = service.poll()) {
        isThere = tree.take(key);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes after it in the root has been told by then. */
  private void awaitAllOf(WatchedTree tree) throws Exception {
    Path last = Files.createTempFile(root, "last", ".mkv");
    Processes.await("all is told", SOON, () -> takeAll(tree) && touched.contains(last));
    touched.remove(last);
  }

  private void await(WatchedTree tree, Path path) throws Exception {
    Processes.await(path + " is told", SOON, () -> takeAll(tree) && touched.contains(path));
  }

  private Path film(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  @Test
  void newAndChangedFilesAreTold() throws Exception {
    Path old = film("old.mkv");
    WatchedTree tree = watching();
    assertThat(touched).isEmpty();

    Path fresh = film("fresh.mkv");
    await(tree, fresh);
    Files.writeString(old, "other words");
    await(tree, old);
    touched.clear();
    Files.delete(old);
    await(tree, old);
  }

  @Test
  void filesInFoldersThatAreMadeInAWinkAreNotMissed() throws Exception {
    WatchedTree tree = watching();

    Set<Path> films = new HashSet<>();
    for (int number = 0; number < 40; number++) {
      films.add(film("show " + number + "/season/extras/film.mkv"));
      takeAll(tree);
    }
    Processes.await("all are told", SOON, () -> takeAll(tree) && touched.containsAll(films));
    assertThat(tree.size()).isEqualTo(1 + 40 * 3);
    touched.clear();
    films.add(film("show 7/season/extras/another.mkv"));
    await(tree, root.resolve("show 7/season/extras/another.mkv"));
  }

  @Test
  void aRenamedFolderIsWatchedUnderItsNewName() throws Exception {
    Path one = film("old/inner/one.mkv");
    WatchedTree tree = watching();

    Files.move(root.resolve("old"), root.resolve("new"));
    await(tree, root.resolve("new/inner/one.mkv"));
    assertThat(lost).containsExactly(root.resolve("old"));
    touched.clear();
    Path two = film("new/inner/two.mkv");
    await(tree, two);

    assertThat(touched).doesNotContain(one);
    assertThat(tree.size()).isEqualTo(3);
  }

  @Test
  void aFolderThatIsMovedIntoAnotherOneIsWatchedThere() throws Exception {
    film("a/inner/one.mkv");
    film("b/other.mkv");
    WatchedTree tree = watching();
    // So that news of its new place come before those of its old one.
    Files.writeString(root.resolve("b/other.mkv"), "changed");
    Path moved = root.resolve("b/inner");

    Files.move(root.resolve("a/inner"), moved);
    await(tree, moved.resolve("one.mkv"));
    awaitAllOf(tree);
    touched.clear();
    Files.writeString(moved.resolve("two.mkv"), "two");

    await(tree, moved.resolve("two.mkv"));
    assertThat(lost).containsExactly(root.resolve("a/inner"));
  }

  @Test
  void aRemovedFolderIsToldAsSuch() throws Exception {
    film("gone/inner/one.mkv");
    WatchedTree tree = watching();

    Files.delete(root.resolve("gone/inner/one.mkv"));
    Files.delete(root.resolve("gone/inner"));
    Files.delete(root.resolve("gone"));
    awaitAllOf(tree);

    assertThat(lost).contains(root.resolve("gone"));
    assertThat(tree.size()).isEqualTo(1);
    assertThat(isThere).isTrue();
  }

  @Test
  void aRootThatGoesEndsTheWatch() throws Exception {
    WatchedTree tree = watching();

    Files.delete(root);
    Processes.await("it ends", SOON, () -> takeAll(tree) && !isThere);
  }

  @Test
  void whatAScanDoesNotGoIntoIsNotWatched() throws Exception {
    film(".reencodarr/work/a.mkv");
    film("show/.reencodarr/b.mkv");
    film(".trash/c.mkv");
    film("others/.reencodarr/library.json");
    film("others/d.mkv");
    film("far/e.mkv");
    others.add(root.resolve("others"));
    untold.add(root.resolve("far"));
    Files.createSymbolicLink(root.resolve("link"), root.resolve("show"));
    WatchedTree tree = watching();

    assertThat(tree.size()).as("the root and the show").isEqualTo(2);
    film(".reencodarr/work/f.mkv");
    film(".hidden.mkv");
    film("others/g.mkv");
    film("far/h.mkv");
    awaitAllOf(tree);
    assertThat(touched).isEmpty();
    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new\nline", "back\\slash", "quo'te\" $(x)", "emoji 🎬", " blank ", "%s{}"})
  void awfulNamesAreToldAsTheyAre(String name) throws Exception {
    WatchedTree tree = watching();

    await(tree, film(name + "/" + name + ".mkv"));
  }

  @Test
  void namesThatCannotBeHandedOnAreLeftToTheScans() throws Exception {
    WatchedTree tree = watching();

    for (String made :
        List.of(
            "printf x > \"$0/bad-$(printf '\\377').mkv\"", "mkdir \"$0/d-$(printf '\\377')\"")) {
      new ProcessBuilder("sh", "-c", made, root.toString()).start().waitFor();
    }
    awaitAllOf(tree);

    assertThat(touched).isEmpty();
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void whereTooMuchHappensTheFolderIsLookedAtAsAWhole() throws Exception {
    WatchedTree tree = watching();

    for (int number = 0; number < 2000; number++) {
      film("film " + number + ".mkv");
    }
    Path season = Files.createDirectories(root.resolve("season"));
    Processes.await("it is lost", SOON, () -> takeAll(tree) && lost.contains(root));
    awaitAllOf(tree);

    assertThat(tree.size()).as("a folder that came meanwhile is watched").isEqualTo(2);
    await(tree, film("season/film.mkv"));
    assertThat(season).exists();
  }

  @Test
  void foldersThatChangedLatelyAreLookedIntoAtTheStart() throws Exception {
    Path old = film("old/one.mkv");
    Files.setLastModifiedTime(root.resolve("old"), FileTime.from(Instant.now().minusSeconds(7200)));
    Path late = film("late/two.mkv");
    tree(Registration.real()).watch(Instant.now().minusSeconds(3600));

    assertThat(touched).contains(late).doesNotContain(old);
  }

  @Test
  void aLimitOfTheSystemEndsItWithTheReason() throws Exception {
    film("a/b/c/one.mkv");
    Registration three =
        new Registration() {
          private int granted = 0;

          @Override
          public WatchKey register(Path folder, WatchService watches) throws IOException {
            if (++granted > 3) {
              throw new IOException("User limit of inotify watches reached");
            }
            return Registration.real().register(folder, watches);
          }
        };

    assertThatExceptionOfType(WatchLimit.class)
        .isThrownBy(() -> tree(three).watch(Instant.now()))
        .withMessageContaining("max_user_watches");
  }
}
