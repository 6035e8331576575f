package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.PauseRepository.Hold;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.video.PausedBy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseRepositoryTest {

  private final Database database = TestDatabase.fresh();
  private final PauseRepository pauses = new PauseRepository(database);
  private final Library films = Rows.library(database, "/films");
  private final Library shows = Rows.library(database, "/shows");
  private VideoId film;
  private VideoId show;

  @BeforeEach
  void add() {
    film = video(films, "/films/a.mkv");
    show = video(shows, "/shows/b.mkv");
  }

  private VideoId video(Library library, String path) {
    VideoRepository videos = new VideoRepository(database);
    videos.see(library.id(), List.of(Rows.file(path, 1)));
    return videos.list(VideoRepository.Filter.all(10)).stream()
        .filter(video -> video.path().value().equals(path))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void nothingIsPausedUntilSomebodySaysSo() {
    assertThat(pauses.of(film)).isEmpty();
    assertThat(pauses.list()).isEmpty();
    assertThat(pauses.resume(new PauseScope.Everything())).isFalse();
    assertThat(pauses.of(new VideoId(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void aPauseHoldsWhatItNamesAndNothingElse() {
    pauses.pause(new PauseScope.OfVideo(film), false);

    assertThat(pauses.of(film)).contains(new Hold(PausedBy.VIDEO, false));
    assertThat(pauses.of(show)).isEmpty();

    pauses.pause(new PauseScope.OfLibrary(shows.id()), true);

    assertThat(pauses.of(film)).contains(new Hold(PausedBy.VIDEO, false));
    assertThat(pauses.of(show)).contains(new Hold(PausedBy.LIBRARY, true));
  }

  @Test
  void ofSeveralPausesTheWidestIsNamedAndAnyOfThemFreezes() {
    pauses.pause(new PauseScope.OfVideo(film), true);
    pauses.pause(new PauseScope.Everything(), false);

    assertThat(pauses.of(film)).contains(new Hold(PausedBy.EVERYTHING, true));
    assertThat(pauses.of(show)).contains(new Hold(PausedBy.EVERYTHING, false));
  }

  @Test
  void eachPauseIsLiftedByItselfAndAllAtOnce() {
    pauses.pause(new PauseScope.OfVideo(film), false);
    pauses.pause(new PauseScope.OfLibrary(films.id()), false);
    pauses.pause(new PauseScope.Everything(), false);

    assertThat(pauses.resume(new PauseScope.Everything())).isTrue();
    assertThat(pauses.of(film)).contains(new Hold(PausedBy.LIBRARY, false));
    assertThat(pauses.resume(new PauseScope.OfLibrary(films.id()))).isTrue();
    assertThat(pauses.of(film)).contains(new Hold(PausedBy.VIDEO, false));
    assertThat(pauses.resume(new PauseScope.OfVideo(film))).isTrue();
    assertThat(pauses.of(film)).isEmpty();

    pauses.pause(new PauseScope.OfVideo(film), false);
    pauses.pause(new PauseScope.OfLibrary(shows.id()), false);
    assertThat(pauses.resumeAll()).isEqualTo(2);
    assertThat(pauses.list()).isEmpty();
  }

  @Test
  void aSecondPauseOfTheSameChangesOnlyWhetherItFreezes() {
    pauses.pause(new PauseScope.Everything(), false);
    Pause first = pauses.list().getFirst();

    pauses.pause(new PauseScope.Everything(), true);

    assertThat(pauses.list())
        .containsExactly(new Pause(new PauseScope.Everything(), "", true, first.since()));
  }

  @Test
  void theListNamesWhatIsPausedTheWidestFirst() {
    pauses.pause(new PauseScope.OfVideo(film), false);
    pauses.pause(new PauseScope.OfLibrary(shows.id()), false);
    pauses.pause(new PauseScope.Everything(), false);

    assertThat(pauses.list())
        .extracting(Pause::name)
        .containsExactly("", shows.name(), "/films/a.mkv");
  }
}
