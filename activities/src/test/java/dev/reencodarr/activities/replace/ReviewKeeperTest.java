package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.store.Claimed;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.video.ReviewRecord;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.video.HeldLook;
import dev.reencodarr.workflows.video.HeldResult;
import dev.reencodarr.workflows.video.ReviewRowActivities;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that wait for a review, with real files and a real database. */
class ReviewKeeperTest {

  private static final long TB = 1_000_000_000_000L;

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @BeforeEach
  void nothingIsHeld() {
    database.client().sql("delete from held_results").update();
  }

  private static HeldResultRepository results() {
    return new HeldResultRepository(database);
  }

  private static ReviewKeeper keeper() {
    return keeper(root -> {});
  }

  private static ReviewKeeper keeper(LibraryGuard libraries) {
    return new ReviewKeeper(
        results(),
        libraries,
        path -> libraries.require(path.parent()),
        new Settings.Limits(0, 300, new Settings.Pace(0.05, 1800), 7, 10, 10, false, false, 14));
  }

  private ReplaceBench video(String state) {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
    is(bench, state);
    return bench;
  }

  private static void is(ReplaceBench bench, String state) {
    database
        .client()
        .sql("update videos set state = ? where id = ?")
        .params(state, bench.video().value())
        .update();
  }

  private static HeldResult held(ReplaceBench bench) {
    SwapRequest swap = bench.staged("swap");
    HeldResult held =
        new HeldResult(
            bench.video(),
            swap.libraryRoot(),
            swap.source(),
            swap.identity(),
            swap.targetPath(),
            swap.staged(),
            new VideoEnd.Encode(
                Encoder.LIBSVTAV1,
                8,
                33.25,
                95,
                95.1,
                60,
                3,
                0,
                Metric.VMAF,
                OptionalDouble.empty(),
                ResultCheck.OFF,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
    new ReviewRecord(results()).held(held);
    return held;
  }

  private static RoomRequest request(ReplaceBench bench, long bytes) {
    return new RoomRequest(
        bench.video(),
        ReplaceBench.media(bench.root()),
        ReplaceBench.media(bench.source()),
        1,
        bytes);
  }

  private static Path staged(HeldResult held) {
    return Path.of(held.staged().path().value());
  }

  @Test
  void whatIsHeldIsKnownAgainAsItWasAndListedUntilItIsApproved() {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);

    assertThat(results().known(bench.video())).contains(new ReviewRowActivities.Known(held, false));
    assertThat(results().waiting(LibraryScope.all()))
        .singleElement()
        .satisfies(one -> assertThat(one.result()).isEqualTo(held));
    assertThat(results().tally())
        .isEqualTo(new HeldResultRepository.Tally(1, held.staged().sizeBytes()));
    assertThat(results().videos()).containsExactly(bench.video());

    results().approve(bench.video());
    new ReviewRecord(results()).held(held);

    assertThat(results().known(bench.video()))
        .as("a repeated attempt does not take the word back")
        .contains(new ReviewRowActivities.Known(held, true));
    assertThat(results().waiting(LibraryScope.all())).isEmpty();
    assertThat(results().videos()).as("it is still wanted").containsExactly(bench.video());

    is(bench, "failed");
    assertThat(results().videos()).as("a retry takes it up again").containsExactly(bench.video());

    is(bench, "cancelled");
    assertThat(results().videos()).as("of a video that has ended nobody wants it").isEmpty();
  }

  @Test
  void aVideoThatFailsKeepsItsResultAndLetsGoOfMereRoom() {
    ReplaceBench holding = video("waiting");
    HeldResult held = held(holding);
    ReplaceBench promised = video("searching");
    assertThat(keeper().roomToHold(request(promised, 1))).isInstanceOf(Room.Reserved.class);

    ends(holding, failed());
    ends(promised, failed());

    assertThat(results().known(holding.video()))
        .contains(new ReviewRowActivities.Known(held, false));
    assertThat(results().videos()).containsExactly(holding.video());
    assertThat(rows()).isEqualTo(1);

    ends(holding, new VideoEnd.Cancelled());
    assertThat(rows()).isZero();
  }

  private static long rows() {
    return database.client().sql("select count(*) from held_results").query(Long.class).single();
  }

  private static VideoEnd failed() {
    return new VideoEnd.Failed(
        new Classification(
            FailureStage.POST_PROCESS,
            FailureCategory.FILE_ACCESS,
            "FILE_ACCESS",
            "Permission denied",
            Reaction.GIVE_UP));
  }

  /** A run of the video that comes to this end. */
  private static void ends(ReplaceBench bench, VideoEnd end) {
    VideoClaims claims = new VideoClaims(database);
    VideoOrder order = new VideoOrder(bench.video(), VideoOrder.Purpose.ENCODE, Wishes.none());
    RunKey run = new RunKey("video/" + bench.video(), end.getClass().getSimpleName());
    assertThat(claims.claim(order, run, _ -> false)).isInstanceOf(Claimed.Taken.class);
    claims.finish(order, run, end);
  }

  @Test
  void bothThatLieAsTheyDidAreSeenToDoSo() {
    HeldResult held = held(video("waiting"));

    assertThat(keeper().lookAt(held)).isEqualTo(new HeldLook.AsItWas());
  }

  @Test
  void aSourceThatIsAnotherOrGoneIsSeen() throws IOException {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);

    Files.writeString(bench.source(), "another film");
    assertThat(keeper().lookAt(held)).isInstanceOf(HeldLook.SourceChanged.class);

    Files.delete(bench.source());
    assertThat(keeper().lookAt(held))
        .isInstanceOfSatisfying(
            HeldLook.SourceChanged.class, gone -> assertThat(gone.what()).endsWith("it is gone"));
  }

  @Test
  void ofAMountThatIsAwayNothingIsConcluded() throws IOException {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);
    Files.delete(bench.source());
    ReviewKeeper away =
        new ReviewKeeper(
            results(),
            root -> {},
            path -> {
              throw Faults.of(EvidenceKind.MOUNT_GONE, "not mounted");
            },
            new Settings.Limits(
                0, 300, new Settings.Pace(0.05, 1800), 7, 10, 10, false, false, 14));

    assertThat(catchThrowable(() -> away.lookAt(held))).hasMessageContaining("not mounted");
  }

  @Test
  void aResultThatIsGoneOrShortIsSeen() throws IOException {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);

    Files.writeString(staged(held), "short");
    assertThat(keeper().lookAt(held)).isInstanceOf(HeldLook.ResultGone.class);

    Files.delete(staged(held));
    assertThat(keeper().lookAt(held)).isInstanceOf(HeldLook.ResultGone.class);
  }

  @Test
  void aDroppedResultIsGoneWithItsFolderAndNothingElse() throws IOException {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);

    keeper().drop(held);
    keeper().drop(held);

    assertThat(staged(held).getParent()).doesNotExist();
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void nothingButAResultOfThisVideoIsDropped() {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);
    HeldResult forged =
        new HeldResult(
            held.video(),
            held.libraryRoot(),
            held.source(),
            held.identity(),
            held.target(),
            new StagedResult(held.source(), held.staged().sha256(), 1),
            held.figures());

    assertThat(catchThrowable(() -> keeper().drop(forged)))
        .hasMessageContaining("does not lie in a stage folder");
    assertThat(bench.source()).exists();
  }

  @Test
  void whatWasHeldIsSwappedAsItWouldHaveBeen() throws IOException {
    ReplaceBench bench = video("waiting");
    HeldResult held = held(bench);

    SwapOutcome outcome =
        bench
            .exchanging()
            .swap(
                new SwapRequest(
                    held.video(),
                    "later#1",
                    held.libraryRoot(),
                    held.source(),
                    held.identity(),
                    held.target(),
                    held.staged()));

    assertThat(outcome).isInstanceOf(SwapOutcome.Replaced.class);
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @Test
  void heldAndPromisedResultsTakeNoMoreThanTheirPart() {
    ReplaceBench first = video("waiting");
    ReplaceBench second = video("searching");

    assertThat(keeper().roomToHold(request(first, 1000 * TB)))
        .as("one that is larger than all of it is let in alone")
        .isInstanceOf(Room.Reserved.class);
    assertThat(keeper().roomToHold(request(second, 1)))
        .isInstanceOfSatisfying(
            Room.None.class,
            none -> assertThat(none.forWhat()).contains("review_percent: 10", "review list"));
    is(first, "found");
    assertThat(keeper().roomToHold(request(second, 1)))
        .as("what was promised to a run that is lost is free")
        .isInstanceOf(Room.Reserved.class);
  }

  @Test
  void promisesThatFillTheirPartDoNotWaitForEachOtherToGrow() {
    ReplaceBench first = video("searching");
    ReplaceBench second = video("searching");
    ReplaceBench third = video("searching");
    assertThat(promise(first, 5)).isEmpty();
    assertThat(promise(second, 5)).isEmpty();
    assertThat(promise(third, 1)).as("a newcomer waits").contains(10L);

    assertThat(promise(first, 6)).isEmpty();
    assertThat(promise(second, 6)).isEmpty();

    long held = held(third).staged().sizeBytes();
    assertThat(promise(first, 7)).as("of what is held somebody can be told").contains(held);
  }

  private static Optional<Long> promise(ReplaceBench bench, long bytes) {
    return results()
        .promise(bench.video(), ReplaceBench.media(bench.root()), bytes, 10, same -> true);
  }

  @Test
  void whatWaitsForAReviewTakesNoRoomInQuarantineBeforeItIsApproved() {
    ReplaceBench held = video("waiting");
    ReplaceBench other = video("searching");
    QuarantineRoom quarantine = new QuarantineRoom(database);
    assertThat(
            quarantine.promise(held.video(), ReplaceBench.media(held.root()), 10, 15, same -> true))
        .isEmpty();
    HeldResult result = held(held);

    assertThat(
            quarantine.promise(
                other.video(), ReplaceBench.media(other.root()), 10, 15, same -> true))
        .isEmpty();

    results().approve(result.video());
    assertThat(
            quarantine.promise(
                other.video(), ReplaceBench.media(other.root()), 10, 15, same -> true))
        .contains(10L);
  }
}
