package dev.reencodarr.activities.store.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.SearchPointRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.forecast.Basis;
import dev.reencodarr.workflows.forecast.Deal;
import dev.reencodarr.workflows.forecast.Forecast;
import dev.reencodarr.workflows.forecast.Merit;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.Sources;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.SearchPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forecasts and the order of work, on a real database. */
class OutlookTest {

  private static final long GB = 1_000_000_000;
  private static final QualitySettings QUALITY = QualitySettings.defaults();

  private final Database database = TestDatabase.fresh();
  private final VideoRepository videos = new VideoRepository(database);
  private final RequestRepository requests = new RequestRepository(database);
  private final Library library =
      new LibraryRepository(database).add("tv", new MediaPath("/tv"), "default", false);
  private final Outlook outlook = new Outlook(database, new RulesInForce(database, List.of()));

  private static MediaFacts media(double seconds, long bytes) {
    return new MediaFacts(
        Sources.MATROSKA, 0, seconds, bytes, List.of(Sources.film(0)), 0, Map.of());
  }

  private Video analysed(String path, double seconds, long bytes) {
    Video video = Rows.video(database, library, path);
    storeFacts(video, seconds, bytes);
    return videos.find(video.id()).orElseThrow();
  }

  private void storeFacts(Video video, double seconds, long bytes) {
    videos.storeFacts(
        video.id(),
        new Analysis.Analysed(
            new FileFacts(
                new SourceIdentity(bytes, Instant.EPOCH, "hash of " + video.path()), 1, false),
            media(seconds, bytes)));
  }

  private void measured(Video video, double share) {
    ProbeSetting setting =
        new ProbeSetting(
            Encoder.LIBSVTAV1, 8, "yuv420p10le", List.of(), QUALITY.scoring(), QUALITY.samples());
    ProbeRequest request =
        new ProbeRequest(
            video.id(),
            video.path(),
            new SourceIdentity(video.size(), video.mtime(), video.sampledHash().orElseThrow()),
            0,
            0,
            setting,
            30);
    new SearchPointRepository(database)
        .store(
            request,
            new SearchPoint(30, 95, 100 * share, Math.round(share * video.size()), 3000),
            "box",
            1,
            10,
            "tools");
  }

  private WorkRequest order(Wishes wishes, List<Video> wanted) {
    WorkRequest request = Rows.request(database, library, wishes, false);
    requests.addVideos(request.id(), wanted.stream().map(Video::path).toList());
    requests.decided(request.id(), wanted.stream().map(Video::id).toList());
    return request;
  }

  private static Wishes wish(Goal goal) {
    return new Wishes(OptionalDouble.empty(), Optional.of(goal), 3, Optional.empty());
  }

  private List<String> next(int count, Goal usual) {
    return requests.startable(library.id(), count, usual).stream()
        .map(requested -> requested.video().path().fileName())
        .toList();
  }

  private void encodedBefore(int count) {
    for (int number = 0; number < count; number++) {
      Video done = Rows.video(database, library, "/tv/done " + number + ".mkv");
      videos.stillEncoded(done.id());
    }
  }

  // --- forecasts -----------------------------------------------------------------------------

  @Test
  void whatWasMeasuredOfItsSiblingsMovesTheForecastOfAVideo() {
    for (int number = 0; number < 6; number++) {
      measured(analysed("/tv/Good/1/known " + number + ".mkv", 2400, 2 * GB), 0.3);
      measured(analysed("/tv/Poor/1/known " + number + ".mkv", 2400, 2 * GB), 0.8);
    }
    Video good = analysed("/tv/Good/1/new.mkv", 2400, 2 * GB);
    Video poor = analysed("/tv/Poor/1/new.mkv", 2400, 2 * GB);

    Forecast forecast = outlook.forecast(LibraryScope.of(library.id()));

    assertThat(forecast.known()).isEqualTo(12);
    assertThat(forecast.deals()).hasSize(14);
    assertThat(of(forecast, good).basis()).isEqualTo(Basis.SIBLINGS);
    assertThat(of(forecast, good).savedBytes()).isGreaterThan(2 * of(forecast, poor).savedBytes());
  }

  private static Deal of(Forecast forecast, Video video) {
    return forecast.deals().stream()
        .filter(deal -> deal.id().equals(video.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsEncodedSkippedGoneOrNotAnalysedIsNoLongerToDo() {
    Video toDo = analysed("/tv/1.mkv", 2400, 2 * GB);
    videos.stillEncoded(analysed("/tv/2.mkv", 2400, 2 * GB).id());
    videos.missing(analysed("/tv/3.mkv", 2400, 2 * GB).id());
    Rows.video(database, library, "/tv/4.mkv");

    assertThat(outlook.forecast(LibraryScope.all()).deals())
        .extracting(Deal::id)
        .containsExactly(toDo.id());
    assertThat(outlook.unanalysed(LibraryScope.all())).isEqualTo(1);
  }

  @Test
  void aLibraryThatIsOnlyReadIsForecastByItsNameAlone() {
    Library read = Rows.library(database, "/read");
    Video video = Rows.video(database, read, "/read/1.mkv");
    storeFacts(video, 2400, 2 * GB);

    assertThat(outlook.forecast(LibraryScope.all()).deals()).isEmpty();
    assertThat(outlook.forecast(LibraryScope.of(read.id())).deals()).hasSize(1);
  }

  @Test
  void pointsOfAnotherWayOfScoringAreNotComparedWithThese() {
    measured(analysed("/tv/1.mkv", 2400, 2 * GB), 0.5);
    database
        .client()
        .sql("update search_points set setting_key = replace(setting_key, 'auto', 'none')")
        .update();

    assertThat(outlook.forecast(LibraryScope.all()).known()).isZero();
  }

  @Test
  void whatTookTheSameTimeWithMoreThreadsTookMoreOfTheProcessor() {
    Video next = analysed("/tv/next.mkv", 2400, 2 * GB);
    Video known = analysed("/tv/known.mkv", 2400, 2 * GB);

    measured(known, 0.5);
    double withOne = of(outlook.forecast(LibraryScope.all()), next).cpuSeconds();
    database.client().sql("update search_points set threads = 4").update();

    assertThat(of(outlook.forecast(LibraryScope.all()), next).cpuSeconds())
        .isGreaterThan(2 * withOne);
  }

  @Test
  void aFinishedEncodeIsKnownByItsSizesEvenWithoutPoints() {
    Video done = analysed("/tv/Show/1/1.mkv", 2400, 2 * GB);
    database
        .client()
        .sql(
            """
            update videos set state = 'encoded', original_size = size, original_codec = 'h264',
              size = 500000000, sampled_hash = 'result', facts = null, vmaf_target = 95
            where id = :id
            """)
        .param("id", done.id().value())
        .update();
    database
        .client()
        .sql(
            """
            insert into encodes (job, video_id, host, encoder, preset, crf, command, ending,
              started_at, ended_at, exit_code, signal, result_size, frames, seconds, launches)
            values ('j', :id, 'box', 'libsvtav1', 8, 30, '[]', 'finished', now(), now(), 0, 0,
              500000000, 57600, 4000, 1)
            """)
        .param("id", done.id().value())
        .update();
    Video next = analysed("/tv/Show/1/2.mkv", 2400, 2 * GB);

    Forecast forecast = outlook.forecast(LibraryScope.all());

    assertThat(forecast.known()).isEqualTo(1);
    assertThat(of(forecast, next).savedBytes()).isGreaterThan(1.1 * GB);
    assertThat(of(forecast, next).cpuSeconds()).isBetween(3500.0, 7000.0);
  }

  @Test
  void samplesAreVideosThatAreNotMeasuredYet() {
    Video known = analysed("/tv/1.mkv", 2400, 2 * GB);
    measured(known, 0.5);
    Video unknown = analysed("/tv/2.mkv", 2400, 2 * GB);

    assertThat(outlook.sample(LibraryScope.all(), 5))
        .extracting(candidate -> candidate.id())
        .containsExactly(unknown.id());
  }

  // --- the order of work ---------------------------------------------------------------------

  @Test
  void aForecastIsWrittenOnceAndAnewWhenTheContentOrWhatIsKnownChanges() {
    Video video = analysed("/tv/1.mkv", 2400, 2 * GB);
    order(Wishes.none(), List.of(video));

    assertThat(outlook.refresh(library.id())).isEqualTo(1);
    assertThat(outlook.refresh(library.id())).isZero();

    measured(analysed("/tv/2.mkv", 2400, 2 * GB), 0.5);
    assertThat(outlook.refresh(library.id())).as("it rests for a while").isZero();
    database.client().sql("update forecasts set made_at = now() - interval '1 hour'").update();
    assertThat(outlook.refresh(library.id())).isEqualTo(1);

    database.client().sql("update videos set sampled_hash = 'another'").update();
    assertThat(outlook.refresh(library.id())).isEqualTo(1);
  }

  private void forecast(Video video, double savedPart, double cpuSeconds) {
    database
        .client()
        .sql(
            """
            insert into forecasts (video_id, sampled_hash, saved_bytes, saved_low, saved_high,
              cpu_seconds, basis)
            values (:id, :hash, :saved, 0, 0, :seconds, 'facts')
            """)
        .param("id", video.id().value())
        .param("hash", video.sampledHash().orElseThrow())
        .param("saved", Math.round(savedPart * video.size()))
        .param("seconds", cpuSeconds)
        .update();
  }

  /** Three videos that each goal takes in another order. */
  private List<Video> threeVideos() {
    Video large = analysed("/tv/large.mkv", 7200, 20 * GB);
    Video middle = analysed("/tv/middle.mkv", 3600, 8 * GB);
    Video small = analysed("/tv/small.mkv", 600, 2 * GB);
    forecast(large, 0.5, 40_000);
    forecast(middle, 0.75, 10_000);
    forecast(small, 0.5, 1_000);
    return List.of(large, middle, small);
  }

  @Test
  void eachGoalHasItsOrder() {
    encodedBefore(Merit.FIRST_RESULTS);
    order(Wishes.none(), threeVideos());

    assertThat(next(3, Goal.SPACE)).containsExactly("large.mkv", "middle.mkv", "small.mkv");
    assertThat(next(3, Goal.TIME)).containsExactly("small.mkv", "middle.mkv", "large.mkv");
    assertThat(next(3, Goal.BALANCED)).containsExactly("middle.mkv", "large.mkv", "small.mkv");
  }

  @Test
  void theGoalOfARequestGoesBeforeThatOfTheSettingsAndPriorityBeforeBoth() {
    encodedBefore(Merit.FIRST_RESULTS);
    List<Video> three = threeVideos();
    order(wish(Goal.TIME), three);
    Video urgent = analysed("/tv/urgent.mkv", 7200, GB);
    order(
        new Wishes(OptionalDouble.empty(), Optional.empty(), 1, Optional.empty()), List.of(urgent));

    assertThat(next(9, Goal.SPACE))
        .containsExactly("urgent.mkv", "small.mkv", "middle.mkv", "large.mkv");
  }

  @Test
  void requestsOfDifferentGoalsTakeTurns() {
    encodedBefore(Merit.FIRST_RESULTS);
    List<Video> three = threeVideos();
    order(wish(Goal.TIME), List.of(three.get(2), three.get(1)));
    order(wish(Goal.SPACE), List.of(three.get(0)));

    assertThat(next(2, Goal.SPACE)).containsExactly("large.mkv", "small.mkv");
  }

  @Test
  void theFirstResultsOfANewLibraryAreItsQuickestWins() {
    List<Video> all = new ArrayList<>(threeVideos());
    Video quickButPoor = analysed("/tv/poor.mkv", 60, GB);
    forecast(quickButPoor, 0.1, 10);
    all.add(quickButPoor);
    order(Wishes.none(), all);

    assertThat(next(4, Goal.TIME))
        .containsExactly("small.mkv", "middle.mkv", "large.mkv", "poor.mkv");
    assertThat(next(1, Goal.BALANCED)).containsExactly("small.mkv");
    assertThat(next(1, Goal.SPACE)).containsExactly("large.mkv");
    encodedBefore(Merit.FIRST_RESULTS);
    assertThat(next(1, Goal.TIME)).containsExactly("poor.mkv");
  }

  @Test
  void withoutAForecastTheLargestComesFirstBehindThoseThatHaveOne() {
    encodedBefore(Merit.FIRST_RESULTS);
    List<Video> all = new ArrayList<>(threeVideos());
    all.add(analysed("/tv/unknown.mkv", 100, 50 * GB));
    all.add(analysed("/tv/unknown too.mkv", 100, 60 * GB));
    order(Wishes.none(), all);

    assertThat(next(9, Goal.SPACE))
        .containsExactly("large.mkv", "middle.mkv", "small.mkv", "unknown too.mkv", "unknown.mkv");
  }

  // --- a large library -----------------------------------------------------------------------

  private void largeLibrary(int count) {
    WorkRequest request = Rows.request(database, library, Wishes.none(), false);
    Video pattern = analysed("/tv/pattern.mkv", 2400, 2 * GB);
    database
        .client()
        .sql(
            """
            insert into videos (id, library_id, path, size, mtime, sampled_hash, facts, codec, width,
              height, duration_seconds, hdr)
            select gen_random_uuid(), v.library_id, '/tv/' || n % 500 || '/' || n || '.mkv',
              1000000000 + n * 100000::bigint, v.mtime, 'hash ' || n,
              jsonb_set(v.facts, '{sizeBytes}', to_jsonb(1000000000 + n * 100000::bigint)),
              v.codec, v.width, v.height, v.duration_seconds, v.hdr
            from videos v, generate_series(1, :count) n where v.id = :pattern
            """)
        .param("count", count)
        .param("pattern", pattern.id().value())
        .update();
    database
        .client()
        .sql(
            """
            insert into request_videos (request_id, video_id, analysed_at)
            select :request, id, now() from videos
            """)
        .param("request", request.id().value())
        .update();
    database.client().sql("analyze").update();
  }

  @ParameterizedTest
  @EnumSource
  void tenThousandVideosAreForecastAndPutInOrderQuickly(Goal goal) {
    largeLibrary(10_000);
    encodedBefore(Merit.FIRST_RESULTS);
    for (int number = 0; number < 30; number++) {
      measured(analysed("/tv/" + number + "/known.mkv", 2400, 2 * GB), 0.2 + 0.02 * number);
    }
    Instant began = Instant.now();
    int written = 0;
    for (int made = outlook.refresh(library.id()); made > 0; ) {
      assertThat(made).as("bounded work").isLessThanOrEqualTo(2000);
      written += made;
      made = outlook.refresh(library.id());
    }
    assertThat(written).isEqualTo(10_001);
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(60));

    Instant asked = Instant.now();
    List<RequestedVideo> next = requests.startable(library.id(), 20, goal);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(3));
    assertThat(next)
        .extracting(requested -> requested.video().id())
        .containsExactlyElementsOf(bestByMerit(goal, 20));
  }

  private record Kept(VideoId video, long size, String path, double merit) {}

  private List<VideoId> bestByMerit(Goal goal, int count) {
    return database
        .client()
        .sql(
            """
            select v.id, v.size, v.path, f.saved_bytes, f.cpu_seconds
            from forecasts f join videos v on v.id = f.video_id
            """)
        .query((row, number) ->
            new Kept(
                VideoId.parse(row.getString("id")),
                row.getLong("size"),
                row.getString("path"),
                row.getDouble("saved_bytes")
                    / Math.pow(row.getDouble("cpu_seconds"), Merit.powerOfCost(goal))))
        .list()
        .stream()
        .sorted(
            Comparator.comparingDouble(Kept::merit)
                .thenComparingLong(Kept::size)
                .reversed()
                .thenComparing(Kept::path))
        .limit(count)
        .map(Kept::video)
        .toList();
  }
}
