package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.search.SearchPoint;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchRepositoryTest {

  private final Database database = TestDatabase.fresh();
  private final SearchRepository searches = new SearchRepository(database);
  private final SearchPointRepository points = new SearchPointRepository(database);
  private final Video video =
      Rows.video(database, Rows.library(database, "/films"), "/films/a.mkv");

  private SearchRow latest() {
    return searches.latest(video.id()).orElseThrow();
  }

  @Test
  void theLatestSearchIsReadAsItWasWritten() {
    assertThat(searches.latest(video.id())).isEmpty();

    searches.store(Searches.found(video.id(), "run", 1));
    assertThat(latest().search()).isEqualTo(Searches.found(video.id(), "run", 1));

    searches.store(Searches.failed(video.id(), "run", 2));
    assertThat(latest().search()).isEqualTo(Searches.failed(video.id(), "run", 2));
  }

  @Test
  void aSearchThatIsWrittenTwiceIsOneAndDoesNotOvertakeALaterOne() {
    searches.store(Searches.found(video.id(), "first run", 1));
    searches.store(Searches.failed(video.id(), "second run", 1));
    searches.store(Searches.found(video.id(), "first run", 1));

    assertThat(latest().search().run()).isEqualTo("second run");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void aSearchGoesWithItsVideoAndOneOfAVideoThatIsGoneIsNoError() {
    searches.store(Searches.found(video.id(), "run", 1));
    database.client().sql("delete from videos").update();
    assertThat(rows()).isZero();

    searches.store(Searches.found(new VideoId(UUID.randomUUID()), "run", 1));
    assertThat(rows()).isZero();
  }

  private int rows() {
    return database.client().sql("select count(*) from searches").query(Integer.class).single();
  }

  @Test
  void theSettingsOfASearchWithoutARecordAreThoseOfItsLatestContentInTheOrderOfTheirUse() {
    SearchPoint point = new SearchPoint(30, 95.2, 40, 1234, 5);
    Searches.measured(database, video.id(), Searches.SETTING, point);
    database.client().sql("update search_points set sampled_hash = 'before'").update();
    Searches.measured(database, video.id(), Searches.SETTING.ofLooks(), point);
    Searches.measured(database, video.id(), Searches.SETTING, point);

    assertThat(points.settingsSince(video.id(), Instant.EPOCH))
        .containsExactly(
            new MeasuredSetting("abc", Searches.SETTING.ofLooks().key(), 8),
            new MeasuredSetting("abc", Searches.SETTING.key(), 8));
    assertThat(points.settingsSince(new VideoId(UUID.randomUUID()), Instant.EPOCH)).isEmpty();
    searches.store(Searches.found(video.id(), "run", 1));
    assertThat(points.settingsSince(video.id(), latest().searchedAt())).isEmpty();
  }

  @Test
  void itsPointsAreThoseThatItCouldKnow() {
    SearchPoint known = new SearchPoint(30, 95.2, 40, 1234, 5);
    Searches.measured(database, video.id(), Searches.SETTING, new SearchPoint(32, 94, 35, 1, 1));
    Searches.measured(database, video.id(), Searches.SETTING, known);
    Searches.measured(database, video.id(), Searches.SETTING.ofLooks(), known);
    searches.store(Searches.found(video.id(), "run", 1));
    Instant over = latest().searchedAt();
    Searches.measured(database, video.id(), Searches.SETTING, new SearchPoint(40, 90, 20, 1, 1));

    assertThat(points.measured("abc", Searches.SETTING.key(), over))
        .extracting(MeasuredPoint::point, MeasuredPoint::host, MeasuredPoint::seconds)
        .containsExactly(
            tuple(known, "box", 2.5), tuple(new SearchPoint(32, 94, 35, 1, 1), "box", 2.5));
    assertThat(points.measured("abc", Searches.SETTING.ofLooks().key(), over))
        .extracting(MeasuredPoint::point)
        .containsExactly(known);
    assertThat(points.measured("abd", Searches.SETTING.key(), over)).isEmpty();
    assertThat(points.measured("abc", Searches.SETTING.key(), over))
        .extracting(MeasuredPoint::measuredAt)
        .allMatch(at -> !at.isAfter(over));
  }
}
