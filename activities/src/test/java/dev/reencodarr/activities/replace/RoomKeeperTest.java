package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.process.LockedFolder;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room is promised before the work, to each byte once, and unknown counts as too little. */
class RoomKeeperTest {

  private static final long TB = 1_000_000_000_000L;

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @BeforeEach
  void emptyQuarantine() {
    database.client().sql("delete from replacements").update();
    database.client().sql("delete from quarantine_room").update();
  }

  private ReplaceBench video() {
    return ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
  }

  private static void atWork(ReplaceBench bench, String state) {
    database
        .client()
        .sql("update videos set state = ? where id = ?")
        .params(state, bench.video().value())
        .update();
  }

  private static RoomKeeper keeper(long reserve, int percent) {
    return keeper(TestMount.EVERYTHING.ability(), limits(reserve, percent, false));
  }

  private static RoomKeeper keeper(MountAbility ability, Settings.Limits limits) {
    return new RoomKeeper(
        new QuarantineRoom(database), root -> {}, (folder, owner) -> ability, limits);
  }

  private static Settings.Limits limits(long reserve, int percent, boolean strictOwner) {
    return new Settings.Limits(
        reserve, 300, new Settings.Pace(0.05, 1800), 7, percent, 10, strictOwner, false, 14);
  }

  private static RoomRequest request(ReplaceBench bench, long sourceBytes, long resultBytes) {
    return new RoomRequest(
        bench.video(),
        ReplaceBench.media(bench.root()),
        ReplaceBench.media(bench.source()),
        sourceBytes,
        resultBytes);
  }

  private Optional<Long> promise(ReplaceBench bench, long bytes, long cap) {
    atWork(bench, "searching");
    return new QuarantineRoom(database)
        .promise(bench.video(), ReplaceBench.media(bench.root()), bytes, cap, folder -> true);
  }

  @Test
  void aFileThatHasRoomIsPromisedIt() throws IOException {
    ReplaceBench bench = video();

    Room room = keeper(0, 10).reserve(request(bench, 1000, 0));

    assertThat(room)
        .isInstanceOfSatisfying(
            Room.Reserved.class, reserved -> assertThat(reserved.freeBytes()).isPositive());
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    try (var names = Files.list(bench.source().getParent())) {
      assertThat(names).as("nothing is left beside the file").containsExactly(bench.source());
    }
  }

  @Test
  void theSameRoomIsNotPromisedTwice() {
    assertThat(promise(video(), 60, 100)).isEmpty();
    assertThat(promise(video(), 40, 100)).isEmpty();
    assertThat(promise(video(), 1, 100)).contains(100L);
  }

  @Test
  void aVideoThatAsksAgainRenewsItsPromise() {
    ReplaceBench bench = video();

    assertThat(promise(bench, 60, 100)).isEmpty();
    assertThat(promise(bench, 70, 100)).isEmpty();
    assertThat(promise(video(), 31, 100)).contains(70L);
  }

  @Test
  void whatWasPromisedToAVideoThatHasEndedIsFreeAgain() {
    ReplaceBench bench = video();
    promise(bench, 90, 100);
    atWork(bench, "skipped");

    assertThat(promise(video(), 90, 100)).isEmpty();
  }

  @Test
  void whatLiesInQuarantineCountsUntilItIsLetGo() {
    ReplaceBench bench = video();
    bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(bench.staged("swap"));
    long taken = ReplaceBench.ORIGINAL.length;

    assertThat(promise(video(), 1, taken)).contains(taken);
    bench.rows().accepted(bench.rows().latestDone(bench.video()).orElseThrow().id(), 0);
    assertThat(promise(video(), taken, taken)).isEmpty();
  }

  @Test
  void aFileLargerThanTheWholeQuarantineIsLetInAlone() {
    assertThat(promise(video(), 1000, 100)).isEmpty();
    assertThat(promise(video(), 1, 100)).contains(1000L);
  }

  @Test
  void otherFileSystemsDoNotCount() {
    promise(video(), 100, 100);
    ReplaceBench other = video();

    assertThat(
            new QuarantineRoom(database)
                .promise(other.video(), ReplaceBench.media(other.root()), 100, 100, disk -> false))
        .isEmpty();
  }

  /** Whatever else it is: a folder that cannot be looked at may lie on this very file system. */
  @Test
  void whatLiesInAFolderThatCannotBeLookedAtCounts() throws IOException {
    ReplaceBench bench = video();
    keeper(0, 10).reserve(request(bench, TB * 1000, 0));
    atWork(bench, "encoding");
    Files.move(bench.root(), folder.resolve("elsewhere"));
    ReplaceBench other = video();

    assertThat(keeper(0, 10).reserve(request(other, 1000, 0)))
        .as("a folder that is gone takes nothing")
        .isInstanceOf(Room.Reserved.class);
    Files.createSymbolicLink(bench.root(), bench.root());

    assertThat(keeper(0, 10).reserve(request(other, 1000, 0)))
        .isInstanceOfSatisfying(
            Room.None.class, none -> assertThat(none.forWhat()).contains("room in quarantine"));
  }

  @Test
  void aFullQuarantineIsSaidWithFiguresAndWithWhatHelps() {
    ReplaceBench bench = video();
    keeper(0, 1).reserve(request(bench, TB, 0));
    atWork(bench, "encoding");

    Room room = keeper(0, 1).reserve(request(video(), TB, 0));

    assertThat(room)
        .isInstanceOfSatisfying(
            Room.None.class,
            none ->
                assertThat(none.forWhat())
                    .contains("quarantine", "GB", "1 %", "./reencodarr quarantine accept"));
  }

  @Test
  void tooLittleFreeSpaceIsSaid() {
    RoomKeeper greedy = keeper(Long.MAX_VALUE / 4, 10);

    assertFull(greedy, request(video(), 1000, 0));
    assertFull(keeper(0, 10), request(video(), 1000, TB * 1000));
  }

  private static void assertFull(RoomKeeper keeper, RoomRequest request) {
    Throwable fault = catchThrowable(() -> keeper.reserve(request));

    assertThat(JudgedFault.evidence(fault).message()).matches(".* has .* GB free, .* GB needed");
    MadeForReal.as("full library, found before the work", fault);
  }

  @Test
  void whereTheOriginalHasToBeCopiedRoomForTheCopyIsAskedForToo() {
    MountAbility all = TestMount.EVERYTHING.ability();
    MountAbility copies =
        new MountAbility(
            false,
            false,
            all.renameNoReplace(),
            all.stableInodes(),
            all.mtimeGrain(),
            all.chown(),
            all.caseSensitive());

    assertFull(keeper(copies, limits(0, 10, false)), request(video(), TB * 1000, 0));
    assertThat(keeper(0, 10).reserve(request(video(), TB * 1000, 0)))
        .isInstanceOf(Room.Reserved.class);
  }

  @Test
  void aWorkerThatMayNotGiveFilesAwayIsSaidWhereTheOwnerIsStrict() {
    MountAbility all = TestMount.EVERYTHING.ability();
    MountAbility noChown =
        new MountAbility(
            true,
            true,
            all.renameNoReplace(),
            all.stableInodes(),
            all.mtimeGrain(),
            false,
            all.caseSensitive());

    Throwable fault =
        catchThrowable(
            () -> keeper(noChown, limits(0, 10, true)).reserve(request(video(), 1000, 0)));

    assertThat(fault).hasMessageContaining("strict_owner is set");
    assertThat(row(fault)).isEqualTo("post_process/system_environment/ENV STOP_QUEUE");
    assertThat(keeper(noChown, limits(0, 10, false)).reserve(request(video(), 1000, 0)))
        .isInstanceOf(Room.Reserved.class);
  }

  @Test
  void aFileThatIsGoneIsNotWaitedForAndALibraryThatIsAwayIsSaid() throws IOException {
    ReplaceBench bench = video();
    RoomRequest request = request(bench, 1000, 0);
    Files.move(bench.source().getParent(), folder.resolve("elsewhere"));

    assertThat(row(catchThrowable(() -> keeper(0, 10).reserve(request))))
        .isEqualTo("post_process/file_access/FILE_ACCESS RETRY");

    RoomKeeper away =
        new RoomKeeper(
            new QuarantineRoom(database),
            root -> {
              throw Faults.of(EvidenceKind.MOUNT_GONE, "is it mounted?");
            },
            (folder, owner) -> TestMount.EVERYTHING.ability(),
            limits(0, 10, false));
    assertThat(row(catchThrowable(() -> away.reserve(request))))
        .isEqualTo("post_process/system_environment/ENV STOP_QUEUE");
  }

  private static String row(Throwable thrown) {
    return JudgedFault.row(FailureStage.POST_PROCESS, thrown);
  }

  /** Found out before the search: an encode that cannot be put in place is wasted. */
  @Test
  void aFolderOfAFilmThatMayNotBeWrittenToIsSaid() throws Exception {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
    RoomRequest request = request(bench, 1000, 0);

    try (LockedFolder _ = LockedFolder.of(InsideLibrary.folderOf(bench.source()))) {
      MadeForReal.as(
          "library that may not be written to, found before the work",
          catchThrowable(() -> keeper(0, 10).reserve(request)));
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
    assertThat(keeper(0, 10).reserve(request)).isInstanceOf(Room.Reserved.class);
  }

  @Test
  void roomIsForAResultAndAFifthOnTop() {
    assertThat(new Room.Reserved(120).holds(100)).isTrue();
    assertThat(new Room.Reserved(119).holds(100)).isFalse();
    assertThat(Room.Reserved.NONE_YET.holds(0)).isFalse();
  }
}
