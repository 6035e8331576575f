package dev.reencodarr.activities.store.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.broken.SourceCheckScope;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.media.MediaPath;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceCheckRepositoryTest {

  private static final SourceCheckWish SHALLOW = new SourceCheckWish(false, false);
  private static final SourceCheckWish DEEP = new SourceCheckWish(true, false);

  private final Database database = TestDatabase.fresh();
  private final SourceCheckRepository checks = new SourceCheckRepository(database);
  private Library library;
  private Instant began;

  @BeforeEach
  void fill() {
    library = Rows.library(database, "/films");
    see("a.mkv", 100);
    see("b.mkv", 300);
    see("c.mkv", 200);
    began = Instant.now().minusSeconds(5);
  }

  private void see(String name, long size) {
    new VideoRepository(database).see(library.id(), List.of(Rows.file("/films/" + name, size)));
  }

  private List<SourceFile> next(SourceCheckWish wish) {
    return checks.next(library.id(), wish, began, "", 10);
  }

  private SourceFile file(String name) {
    return next(new SourceCheckWish(true, true)).stream()
        .filter(file -> file.path().fileName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> names(SourceCheckWish wish) {
    return next(wish).stream().map(file -> file.path().fileName()).toList();
  }

  private void set(String name, String values) {
    database
        .client()
        .sql("update videos set " + values + " where path = :path")
        .param("path", "/films/" + name)
        .update();
  }

  private List<String> found() {
    return database
        .client()
        .sql("select found_by || ' ' || state || ' ' || problem from broken_sources order by id")
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Test
  void filesComeByTheirPathsAPageAtATime() {
    assertThat(names(SHALLOW)).containsExactly("a.mkv", "b.mkv", "c.mkv");
    assertThat(checks.next(library.id(), SHALLOW, began, "/films/a.mkv", 1))
        .extracting(file -> file.path().fileName())
        .containsExactly("b.mkv");
    assertThat(checks.scope(library.id(), SHALLOW, began))
        .isEqualTo(new SourceCheckScope(3, 0, 0, 0, 0, 600));
  }

  @Test
  void whatWeHaveMadeWhatIsAtWorkLinksAndWhatIsMissingIsLeftOut() {
    set("a.mkv", "state = 'encoded'");
    set("b.mkv", "state = 'encoding'");
    see("d.mkv", 10);
    set("d.mkv", "state = 'skipped', skip_reason = 'symlink'");
    see("e.mkv", 10);
    set("e.mkv", "missing_since = now()");
    see("f.mkv", 10);
    set("f.mkv", "state = 'failed', failure_code = 'VALIDATION'");

    assertThat(names(SHALLOW)).containsExactly("c.mkv", "f.mkv");
    assertThat(checks.scope(library.id(), SHALLOW, began))
        .isEqualTo(new SourceCheckScope(2, 1, 1, 0, 0, 210));
  }

  @Test
  void whatIsKnownIsNotReadAgainUnlessItIsToBeReadDeeperOrHasChanged() {
    checks.sound(file("a.mkv"), false);
    checks.sound(file("b.mkv"), true);

    assertThat(names(SHALLOW)).containsExactly("c.mkv");
    assertThat(names(DEEP)).containsExactly("a.mkv", "c.mkv");
    assertThat(checks.scope(library.id(), DEEP, began))
        .isEqualTo(new SourceCheckScope(3, 0, 0, 1, 0, 300));
    see("b.mkv", 301);
    assertThat(names(SHALLOW)).containsExactly("b.mkv", "c.mkv");
  }

  @Test
  void againMeansOnceMoreAndNotForEver() {
    checks.sound(file("a.mkv"), false);
    SourceCheckWish again = new SourceCheckWish(false, true);

    assertThat(checks.next(library.id(), again, Instant.now().plusSeconds(60), "", 10)).hasSize(3);
    assertThat(names(again)).as("it was read since this check began").hasSize(2);
  }

  @Test
  void aBrokenFileIsOnRecordLargestFirstAndItsVideoStaysAsItIs() {
    checks.broken(file("a.mkv"), false, "no end");
    checks.broken(file("b.mkv"), true, "a hole");
    checks.sound(file("c.mkv"), true);

    assertThat(checks.broken(library.id()))
        .extracting(broken -> broken.path().fileName() + " " + broken.problem())
        .containsExactly("b.mkv a hole", "a.mkv no end");
    assertThat(found()).containsExactly("check found no end", "check found a hole");
    assertThat(new VideoRepository(database).findByPath(new MediaPath("/films/a.mkv")))
        .hasValueSatisfying(video -> assertThat(video.state().code()).isEqualTo("found"));
    assertThat(checks.scope(library.id(), SHALLOW, began).knownBroken()).isEqualTo(2);
  }

  @Test
  void aFileThatALaterCheckFindsSoundIsOverUnlessThatCheckWasLessDeep() {
    SourceFile file = file("a.mkv");
    checks.broken(file, true, "a hole");

    checks.sound(file, false);
    assertThat(found()).containsExactly("check found a hole");
    assertThat(checks.broken(library.id())).hasSize(1);

    checks.sound(file, true);
    assertThat(found()).containsExactly("check acquitted a hole");
    assertThat(checks.broken(library.id())).isEmpty();
  }

  @Test
  void whatWorkHasFoundIsAcquittedByACheckThatHasDecodedEveryPictureAsWorkDoes() {
    SourceFile file = file("a.mkv");
    new BrokenSourceRepository(database).found(file.video(), FoundBy.WORK, "no end");

    checks.sound(file, false);
    assertThat(found()).containsExactly("work found no end");

    checks.sound(file, true);
    assertThat(found()).containsExactly("work acquitted no end");
  }

  @Test
  void nothingIsWrittenOfAFileThatIsAnotherByNow() {
    SourceFile before = file("a.mkv");
    see("a.mkv", 150);

    checks.broken(before, true, "no end");
    checks.sound(before, true);

    assertThat(found()).isEmpty();
    assertThat(names(SHALLOW)).contains("a.mkv");
  }

  @Test
  void aLibraryThatIsPausedOrRemovedIsNotRead() {
    assertThat(checks.isPaused(library.id())).isFalse();
    new PauseRepository(database).pause(new PauseScope.OfLibrary(library.id()), false);
    assertThat(checks.isPaused(library.id())).isTrue();

    new LibraryRepository(database).remove(library.id());
    assertThat(next(SHALLOW)).isEmpty();
  }

  @Test
  void timesKeepTheirMicroseconds() {
    SeenFile seen = Rows.file("/films/a.mkv", 100);
    assertThat(file("a.mkv").mtime()).isEqualTo(seen.mtime());
  }
}
