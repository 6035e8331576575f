package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestRepositoryTest {

  private static final ScanTally TALLY = new ScanTally(3, 0, 3, 0, 0, 0, 0, 0);

  private Database database;
  private RequestRepository requests;
  private VideoRepository videos;
  private Library library;

  @BeforeEach
  void threeVideos() {
    database = TestDatabase.fresh();
    requests = new RequestRepository(database);
    videos = new VideoRepository(database);
    library = Rows.library(database, "/tv");
    videos.see(
        library.id(),
        List.of(
            Rows.file("/tv/small.mkv", 10),
            Rows.file("/tv/large.mkv", 1000),
            Rows.file("/tv/ünïcödé 🎬\n.mkv", 100)));
  }

  private WorkRequest request(int priority) {
    Wishes wishes =
        new Wishes(OptionalDouble.empty(), Optional.empty(), priority, Optional.empty());
    WorkRequest request = Rows.request(database, library, wishes, false);
    List<MediaPath> paths =
        videos.list(VideoRepository.Filter.all(10)).stream().map(Video::path).toList();
    requests.addVideos(request.id(), paths);
    return request;
  }

  private void decideAll(WorkRequest request) {
    requests
        .undecided(request.id(), 10)
        .forEach(v -> requests.decided(request.id(), List.of(v.id())));
  }

  @Test
  void aRequestComesBackAsItWasAsked() {
    Wishes wishes =
        new Wishes(
            OptionalDouble.of(91.5),
            Optional.of(Goal.TIME),
            1,
            Optional.of(new MediaPath("/out/\"x\"")));
    WorkRequest request = Rows.request(database, library, wishes, true);
    requests.create(request);

    assertThat(requests.find(request.id())).contains(request);
    assertThat(requests.open(library.id())).containsExactly(request);
  }

  private int rowsOf(WorkRequest request) {
    return database
        .client()
        .sql("select count(*) from request_videos where request_id = :id")
        .param("id", request.id().value())
        .query(Integer.class)
        .single();
  }

  @Test
  void ofScansThatNobodyWaitsForOnlyTheLatestSpeaksOfAVideoThatWaits() {
    WorkRequest first = request(3);
    requests.nobodyWaits(first.id());
    requests.scanned(first.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    WorkRequest attended = request(3);
    requests.scanned(attended.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    decideAll(first);
    requests.markStarted(
        first.id(), requests.startable(library.id(), 1, Goal.SPACE).getFirst().video().id());
    int videosOfEach = rowsOf(first);
    assertThat(videosOfEach).isGreaterThan(1);

    WorkRequest second = request(3);
    requests.nobodyWaits(second.id());
    requests.scanned(second.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    requests.absorb(second.id());

    assertThat(rowsOf(first)).as("one is at work").isEqualTo(1);
    assertThat(rowsOf(attended)).as("somebody waits for it").isEqualTo(videosOfEach);
    assertThat(rowsOf(second)).isEqualTo(videosOfEach);

    requests.settle(
        first.id(), Map.of(requests.started(library.id()).getFirst().video().id(), Outcome.gone()));
    requests.absorb(second.id());

    assertThat(requests.find(first.id())).as("nothing of it is left").isEmpty();
    assertThat(requests.find(attended.id())).isPresent();
  }

  @Test
  void theMostUrgentRequestsComeFirstAndOfOneTheLargestVideo() {
    WorkRequest later = request(3);
    WorkRequest first = request(1);
    decideAll(later);
    decideAll(first);

    assertThat(requests.startable(library.id(), 4, Goal.SPACE))
        .extracting(row -> row.video().size())
        .containsExactly(1000L, 100L, 10L, 1000L);
    assertThat(requests.startable(library.id(), 4, Goal.SPACE).getFirst().request())
        .isEqualTo(first.id());
    assertThat(requests.startableCount(library.id())).isEqualTo(6);
  }

  @Test
  void aVideoThatOneRequestHasStartedWaitsInTheOthers() {
    WorkRequest one = request(3);
    WorkRequest two = request(3);
    decideAll(one);
    decideAll(two);
    Video large = videos.findByPath(new MediaPath("/tv/large.mkv")).orElseThrow();

    requests.markStarted(one.id(), large.id());
    assertThat(requests.startable(library.id(), 10, Goal.SPACE))
        .extracting(row -> row.video().size())
        .doesNotContain(1000L);

    requests.settleStarted(large.id(), Outcome.encoded());
    assertThat(requests.startable(library.id(), 10, Goal.SPACE))
        .filteredOn(row -> row.video().id().equals(large.id()))
        .extracting(RequestedVideo::request)
        .containsExactly(two.id());
  }

  @Test
  void aRequestThatJoinsAPassGetsItsOutcomeIfItWishesForTheSame() {
    WorkRequest begun = request(3);
    WorkRequest same = request(1);
    WorkRequest other =
        Rows.request(
            database,
            library,
            new Wishes(OptionalDouble.of(90), Optional.empty(), 3, Optional.empty()),
            false);
    VideoId video = videos.list(VideoRepository.Filter.all(1)).getFirst().id();
    requests.addVideos(
        other.id(), videos.list(VideoRepository.Filter.all(10)).stream().map(Video::path).toList());
    List.of(begun, same, other).forEach(this::decideAll);
    requests.markStarted(begun.id(), video);

    assertThat(requests.atWork(same.id()))
        .singleElement()
        .satisfies(atWork -> assertThat(atWork.video().id()).isEqualTo(video));

    requests.settleJoined(video, Outcome.failed("STALLED", "it stood still"));
    requests.settleStarted(video, Outcome.failed("STALLED", "it stood still"));

    assertThat(requests.progress(begun.id()).orElseThrow().settled()).isEqualTo(1);
    assertThat(requests.progress(same.id()).orElseThrow().settled()).isEqualTo(1);
    assertThat(requests.progress(other.id()).orElseThrow().settled()).isZero();
    assertThat(requests.atWork(same.id())).isEmpty();
  }

  @Test
  void aRequestIsDoneWhenItsListIsCompleteAndEveryVideoSettled() {
    WorkRequest request = request(3);
    for (Video video : requests.undecided(request.id(), 10)) {
      requests.settle(request.id(), Map.of(video.id(), Outcome.skipped(SkipReason.ALREADY_AV1)));
      requests.settle(request.id(), Map.of(video.id(), Outcome.encoded()));
    }
    assertThat(requests.progress(request.id()).orElseThrow().isDone()).isFalse();

    requests.scanned(request.id(), TALLY);

    RequestProgress progress = requests.progress(request.id()).orElseThrow();
    assertThat(progress.isDone()).isTrue();
    assertThat(progress.tally()).contains(TALLY);
    assertThat(progress.results()).containsExactly(Map.entry(Outcome.Result.SKIPPED, 3));
    assertThat(requests.open(library.id())).isEmpty();
  }

  @Test
  void aRequestOfWhichOnlyParkedVideosAreLeftIsParkedWhoeverHasBegunThem() {
    WorkRequest one = request(3);
    WorkRequest two = request(3);
    Video large = videos.findByPath(new MediaPath("/tv/large.mkv")).orElseThrow();
    for (WorkRequest request : List.of(one, two)) {
      decideAll(request);
      requests.scanned(request.id(), TALLY);
      requests.videos(request.id()).stream()
          .filter(row -> !row.video().id().equals(large.id()))
          .forEach(
              row -> requests.settle(request.id(), Map.of(row.video().id(), Outcome.encoded())));
    }
    requests.markStarted(one.id(), large.id());
    assertThat(requests.progress(one.id()).orElseThrow().isParked()).isFalse();

    database.client().sql("update videos set state = 'waiting' where size = 1000").update();

    for (WorkRequest request : List.of(one, two)) {
      assertThat(requests.progress(request.id()).orElseThrow().isParked()).isTrue();
      assertThat(requests.progress(request.id()).orElseThrow().isDone()).isFalse();
    }
    requests.settleEverywhere(large.id(), Outcome.cancelled());
    assertThat(requests.progress(one.id()).orElseThrow().isParked()).isFalse();
  }

  @Test
  void aRequestThatFailsAsAWholeKeepsItsFirstReasonAndIsDone() {
    WorkRequest request = request(3);
    requests.failed(request.id(), "the mount is gone");
    requests.failed(request.id(), "again");

    RequestProgress progress = requests.progress(request.id()).orElseThrow();
    assertThat(progress.isDone()).isTrue();
    assertThat(progress.failure()).contains("the mount is gone");
    assertThat(progress.results()).containsEntry(Outcome.Result.FAILED, 3);
  }

  @Test
  void notesOfOnePathStayOne() {
    WorkRequest request = request(3);
    requests.note(
        request.id(), List.of(new RequestNote("/tv/x", "a"), new RequestNote("/tv/x", "a")));
    requests.note(request.id(), List.of(new RequestNote("/tv/x", "b")));

    assertThat(requests.notes(request.id(), 10)).containsExactly(new RequestNote("/tv/x", "b"));
  }

  @Test
  void whatIsLeftAloneThoughItWasAskedForByNameIsToldFromTheRest() {
    WorkRequest request = request(3);
    requests.note(request.id(), List.of(new RequestNote("/tv/inside.txt", "no video")));
    assertThat(requests.leftAloneByName(request.id())).isFalse();

    String asked = request.scopes().getFirst().value();
    requests.note(request.id(), List.of(new RequestNote(asked, "is gone")));
    assertThat(requests.leftAloneByName(request.id())).isTrue();
  }
}
