package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.replace.Journal.FileStep;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarantine lets a file go only where what took its place is seen whole, or people insist. */
class AcceptTest {

  private static final byte[] THEIRS = "an upgrade".getBytes(StandardCharsets.UTF_8);

  private static Database database;

  @TempDir private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  private ReplaceBench replaced(String source) {
    return ReplaceBench.replaced(database, folder, source);
  }

  private static Accepted accept(ReplaceBench bench, Acceptance acceptance) {
    return bench.exchanging().accept(bench.video(), "accept#" + UUID.randomUUID(), acceptance);
  }

  private static Accepted accept(ReplaceBench bench) {
    return accept(bench, new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false));
  }

  private static Accepted insist(ReplaceBench bench) {
    return accept(bench, new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), true));
  }

  private static Replacement row(ReplaceBench bench) {
    return bench.rows().latestCommitted(bench.video()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anOriginalGoesWhenItsResultIsSeenWhole(String source) {
    ReplaceBench bench = replaced(source);

    Accepted accepted = accept(bench);

    assertThat(accepted.files()).isOne();
    assertThat(accepted.bytes()).isEqualTo(ReplaceBench.ORIGINAL.length);
    assertThat(accepted.kept()).isEmpty();
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    assertThat(Path.of(row(bench).quarantine().value())).doesNotExist();
    assertThat(row(bench).quarantined()).isFalse();
    assertThat(row(bench).acceptedAt()).isPresent();
    assertThat(accept(bench)).isEqualTo(new Accepted(0, 0, List.of()));
    assertThat(bench.exchanging().undo(bench.video(), "undo#" + bench.video()))
        .isInstanceOfSatisfying(
            UndoOutcome.Refused.class,
            refused -> assertThat(refused.why()).contains("let go for good"));
  }

  @Test
  void anOriginalWithAnotherNameFreesNothingUntilThatNameIsGone() throws IOException {
    for (SwapWay way : List.of(SwapWay.EXCHANGE, SwapWay.HARD_LINK)) {
      for (boolean otherNameGoes : new boolean[] {false, true}) {
        ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
        Path other = folder.resolve("seed " + UUID.randomUUID());
        Files.createLink(other, bench.source());

        SwapOutcome.Replaced replaced =
            (SwapOutcome.Replaced)
                bench.swapper(way, CrashPoints.none()).swap(bench.staged("swap"));

        assertThat(replaced.otherNames()).isOne();
        assertThat(replaced.savedBytes()).isZero();
        assertThat(other).hasBinaryContent(ReplaceBench.ORIGINAL);
        assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
        if (otherNameGoes) {
          Files.delete(other);
        }
        Accepted accepted = accept(bench);
        assertThat(accepted.files()).isOne();
        assertThat(accepted.bytes()).isEqualTo(otherNameGoes ? ReplaceBench.ORIGINAL.length : 0);
        assertThat(bench.rows().otherNames(row(bench).id())).isEqualTo(otherNameGoes ? 0 : 1);
        if (!otherNameGoes) {
          assertThat(other).hasBinaryContent(ReplaceBench.ORIGINAL);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anOriginalStaysWhereItsResultIsCutShort(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    Files.write(bench.target(), Arrays.copyOf(ReplaceBench.RESULT, 100));

    assertStays(bench, "not whole");
  }

  @Test
  void anOriginalStaysWhereABitOfItsResultHasFlipped() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    byte[] rotten = ReplaceBench.RESULT.clone();
    rotten[rotten.length / 2] ^= 1;
    FileTime before = Files.getLastModifiedTime(bench.target());
    Files.write(bench.target(), rotten);
    Files.setLastModifiedTime(bench.target(), before);

    assertStays(bench, "not whole");
  }

  @Test
  void anOriginalStaysWhereItsResultWasDeletedOrUpgradedUnlessPeopleInsist() throws IOException {
    for (byte[] upgrade : new byte[][] {{}, THEIRS}) {
      ReplaceBench bench = replaced("movie.mkv");
      Files.delete(bench.target());
      if (upgrade.length > 0) {
        Files.write(bench.target(), upgrade);
      }

      assertStays(bench, "last copy");

      assertThat(insist(bench).files()).isOne();
      assertThat(row(bench).quarantined()).isFalse();
      assertThat(Path.of(row(bench).quarantine().value())).doesNotExist();
    }
  }

  private static void assertStays(ReplaceBench bench, String why) {
    Accepted accepted = accept(bench);

    assertThat(accepted.files()).isZero();
    assertThat(accepted.kept()).singleElement().asString().contains(why);
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(row(bench).quarantined()).isTrue();
    assertThat(bench.rows().quarantined())
        .filteredOn(kept -> kept.replacement().equals(row(bench).id()))
        .singleElement()
        .satisfies(kept -> assertThat(kept.keptBecause()).contains(why));
  }

  @Test
  void aResultThatSonarrHasRenamedCountsAsSeen() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    Path season = Files.createDirectories(bench.root().resolve("Renamed Show"));
    Files.move(bench.target(), season.resolve("Épisode 'one'.mkv"));

    assertThat(accept(bench).files()).isOne();
  }

  @Test
  void aResultThatAnUndoHasPutAwayGoesWhenTheOriginalIsSeen() throws IOException {
    for (String source : new String[] {"movie.mkv", "movie.avi"}) {
      ReplaceBench bench = replaced(source);
      bench.exchanging().undo(bench.video(), "undo#" + bench.video());

      Accepted accepted = accept(bench);

      assertThat(accepted.bytes()).isEqualTo(ReplaceBench.RESULT.length);
      assertThat(bench.files()).containsExactly(bench.relative(bench.source()));
      assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    }
  }

  @Test
  void aResultThatAnUndoHasPutAwayStaysWhereTheOriginalIsGone() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    bench.exchanging().undo(bench.video(), "undo#" + bench.video());
    Files.delete(bench.source());

    assertThat(accept(bench).kept()).singleElement().asString().contains("last copy");
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.RESULT);
  }

  /** Its first result lies in quarantine, and so does, for the second time, its original. */
  private ReplaceBench replacedUndoneAndReplacedAgain(String source) {
    ReplaceBench bench = replaced(source);
    bench.exchanging().undo(bench.video(), "undo#" + bench.video());
    bench.exchanging().swap(bench.staged("again"));
    return bench;
  }

  private static Accepted acceptWhatIsOld(ReplaceBench bench, ReplacementState old) {
    database
        .client()
        .sql(
            "update replacements set committed_at = now() - interval '8 days',"
                + " undone_at = undone_at - interval '8 days' where video_id = ? and state = ?")
        .params(bench.video().value(), old.code())
        .update();
    return accept(bench, new Acceptance(Instant.now().minus(Duration.ofDays(7)), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void theFirstResultOfAVideoThatWasEncodedAgainGoesWhileItsOriginalIsKept(String source) {
    ReplaceBench bench = replacedUndoneAndReplacedAgain(source);

    Accepted accepted = acceptWhatIsOld(bench, ReplacementState.UNDONE);

    assertThat(accepted).isEqualTo(new Accepted(1, ReplaceBench.RESULT.length, List.of()));
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void theFirstResultGoesAlsoWhenTheOriginalHasGoneWhereTheSecondIsWhole(String source)
      throws IOException {
    ReplaceBench bench = replacedUndoneAndReplacedAgain(source);
    assertThat(acceptWhatIsOld(bench, ReplacementState.DONE).bytes())
        .isEqualTo(ReplaceBench.ORIGINAL.length);
    Path upgraded = Files.move(bench.target(), folder.resolve("second-" + bench.video()));
    Files.write(bench.target(), THEIRS);

    assertThat(accept(bench).kept()).singleElement().asString().contains("last copy");

    Files.delete(bench.target());
    Files.move(upgraded, bench.target());
    assertThat(accept(bench).files()).isOne();
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
  }

  @Test
  void theFirstResultStaysWhereAnotherFilmWasEncodedSince() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    bench.exchanging().undo(bench.video(), "undo#" + bench.video());
    Files.write(bench.source(), "an upgrade, larger".repeat(500).getBytes(StandardCharsets.UTF_8));
    bench.exchanging().swap(bench.staged("again"));

    Accepted accepted = acceptWhatIsOld(bench, ReplacementState.UNDONE);

    assertThat(accepted.kept()).singleElement().asString().contains("last copy");
  }

  @Test
  void whatSomebodyHasPutIntoQuarantineInsteadStays() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Files.write(bench.kept(), THEIRS);

    assertThat(accept(bench).files()).isZero();
    assertThat(bench.kept()).hasBinaryContent(THEIRS);
  }

  @Test
  void anotherFileInTheFolderKeepsTheFolder() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path stranger = Files.write(bench.kept().resolveSibling("displaced"), THEIRS);

    assertThat(accept(bench).kept()).singleElement().asString().contains("another file");
    assertThat(stranger).hasBinaryContent(THEIRS);
    assertThat(row(bench).quarantined()).isTrue();
  }

  @Test
  void whatCameLaterThanTheGivenMomentStays() {
    ReplaceBench bench = replaced("movie.mkv");

    Accepted accepted =
        accept(bench, new Acceptance(Instant.now().minus(Duration.ofDays(7)), false));

    assertThat(accepted).isEqualTo(new Accepted(0, 0, List.of()));
    assertThat(bench.kept()).hasBinaryContent(ReplaceBench.ORIGINAL);
  }

  @Test
  void aLibraryThatIsAwayIsNotWaitedForAndNothingOfItIsForgotten() {
    ReplaceBench bench = replaced("movie.mkv");
    Swapper away =
        new Swapper(
            ReplaceBench.machine(),
            bench.rows(),
            (folder, owner) -> TestMount.EVERYTHING.ability(),
            new SwapMeans(
                0,
                false,
                false,
                root -> {
                  throw Faults.of(EvidenceKind.MOUNT_GONE, "is it mounted?");
                },
                MountCalls.real()),
            CrashPoints.none(),
            () -> progress -> {});

    Accepted accepted =
        away.accept(
            bench.video(),
            "accept#" + bench.video(),
            new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), true));

    assertThat(accepted.kept()).singleElement().asString().contains("is it mounted?");
    assertThat(row(bench).quarantined()).isTrue();
  }

  /** A library may span several mounts: its root is there, and the quarantine's mount is not. */
  @Test
  void whereTheMountOfTheQuarantineIsAwayNothingIsTakenForLetGo() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path ours = bench.root().resolve(DotFolder.NAME);
    Path away = Files.move(ours, folder.resolve("away-" + bench.video()));

    assertThat(insist(bench).kept()).singleElement().asString().contains("is its mount away?");
    assertThat(row(bench).quarantined()).isTrue();

    Files.move(away, ours);
    assertThat(accept(bench).files()).isOne();
  }

  /** What somebody does to the files at a point of an acceptance, once. */
  private static Swapper meanwhile(ReplaceBench bench, String point, FileStep happens) {
    AtomicBoolean hasHappened = new AtomicBoolean();
    return bench.swapper(
        SwapWay.EXCHANGE,
        (step, moment) -> {
          if ((step + " " + moment).equals(point) && !hasHappened.getAndSet(true)) {
            try {
              happens.take();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private static Accepted expire(ReplaceBench bench, Swapper swapper) {
    return swapper.accept(
        bench.video(),
        "accept#" + UUID.randomUUID(),
        new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FIND_RENAMED AFTER",
        "DROP_KEPT INTENDED",
        "DROP_KEPT AFTER",
        "CLEAR_QUARANTINE INTENDED",
        "CLEAR_QUARANTINE AFTER"
      })
  void whereTheMountGoesInTheMiddleNothingIsTakenForLetGo(String point) throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path kept = bench.kept();
    Path ours = bench.root().resolve(DotFolder.NAME);
    Path away = folder.resolve("away-" + bench.video());

    Accepted accepted = expire(bench, meanwhile(bench, point, () -> Files.move(ours, away)));

    assertThat(accepted.files()).isZero();
    assertThat(accepted.kept()).singleElement().asString().contains("away?");
    assertThat(row(bench).quarantined()).isTrue();

    boolean wasDropped = !Files.exists(away.resolve(ours.relativize(kept)));
    Files.move(away, ours);
    assertThat(accept(bench).files()).isOne();
    assertThat(row(bench).quarantined()).isFalse();
    assertThat(kept.getParent()).as("nothing is left of it").doesNotExist();
    assertThat(wasDropped)
        .isEqualTo(!point.equals("FIND_RENAMED AFTER") && !point.equals("DROP_KEPT INTENDED"));
  }

  /** A disk of a union mount is away: marker and folder are there, and what lay on the disk not. */
  @ParameterizedTest
  @ValueSource(strings = {"", "FIND_RENAMED AFTER", "DROP_KEPT INTENDED"})
  void aFileThatIsAwayIsNotTakenForLetGoUnlessPeopleInsist(String point) throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path kept = bench.kept();
    Path away = folder.resolve("away-" + bench.video());
    FileStep goes = () -> Files.move(kept, away);
    if (point.isEmpty()) {
      goes.take();
    }

    assertStaysThoughAway(bench, expire(bench, meanwhile(bench, point, goes)));
    assertStaysThoughAway(bench, accept(bench));
    Files.move(away, kept);
    assertThat(accept(bench).bytes()).as("it is back").isEqualTo(ReplaceBench.ORIGINAL.length);
    assertThat(kept.getParent()).doesNotExist();
  }

  private static void assertStaysThoughAway(ReplaceBench bench, Accepted accepted) {
    assertThat(accepted.files()).isZero();
    assertThat(accepted.kept()).singleElement().asString().contains("--without-result");
    assertThat(row(bench).quarantined()).isTrue();
    assertThat(bench.quarantineFolder().resolve("manifest.json")).exists();
  }

  @Test
  void aFolderThatIsGoneForGoodIsForgottenWherePeopleInsist() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Path kept = bench.kept();
    Files.delete(kept);
    Files.delete(kept.resolveSibling("manifest.json"));
    Files.delete(kept.getParent());

    assertThat(accept(bench).kept()).singleElement().asString().contains("--without-result");

    insist(bench);

    assertThat(row(bench).quarantined()).isFalse();
  }

  @Test
  void whatIsKeptOfAVideoThatIsNotKnownAnyMoreGoesByItsRow() {
    ReplaceBench bench = replaced("movie.mkv");
    UUID row = row(bench).id();
    Acceptance all = new Acceptance(Instant.now().plus(Duration.ofMinutes(1)), false);
    assertThat(bench.exchanging().acceptOrphan(row, all).kept())
        .singleElement()
        .asString()
        .contains("known again");

    database.client().sql("delete from videos where id = ?").param(bench.video().value()).update();

    assertThat(bench.exchanging().acceptOrphan(row, all).files()).isOne();
    assertThat(bench.files()).containsExactly(bench.relative(bench.target()));
    assertThat(bench.rows().byId(row).orElseThrow().quarantined()).isFalse();
  }

  /** Another film took the path of its result, and the row of its video gave way. */
  @Test
  void anOriginalOfAVideoThatIsNotKnownAnyMoreGoesElsewhereOrIsLetGoWhereNobodySeesItsResult()
      throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    ReplaceBench other = replaced("movie.mkv");
    UUID row = row(bench).id();
    UUID otherRow = row(other).id();
    MediaPath place = ReplaceBench.media(folder.resolve("back-" + bench.video()));
    Path kept = bench.kept();
    assertThat(bench.exchanging().restoreOrphan(row, place))
        .isInstanceOfSatisfying(
            RestoreOutcome.Refused.class,
            refused -> assertThat(refused.why()).contains("known again"));
    for (ReplaceBench orphaned : List.of(bench, other)) {
      Files.write(orphaned.target(), THEIRS);
      database
          .client()
          .sql("delete from videos where id = ?")
          .param(orphaned.video().value())
          .update();
    }

    assertThat(bench.exchanging().restoreOrphan(row, place))
        .isEqualTo(new RestoreOutcome.Restored(place));
    assertThat(bench.exchanging().restoreOrphan(row, place))
        .as("again")
        .isInstanceOf(RestoreOutcome.Restored.class);
    assertThat(
            other
                .exchanging()
                .acceptOrphan(otherRow, new Acceptance(Instant.now().plusSeconds(60), true))
                .files())
        .isOne();

    assertThat(Path.of(place.value())).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(kept.getParent()).doesNotExist();
    assertThat(bench.target()).hasBinaryContent(THEIRS);
    assertThat(other.target()).hasBinaryContent(THEIRS);
    assertThat(bench.rows().quarantined())
        .noneMatch(left -> Set.of(row, otherRow).contains(left.replacement()));
  }

  @Test
  void whatIsDueIsOldEnoughAndWasNotLookedAtInVainLately() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Instant soon = Instant.now().plus(Duration.ofMinutes(1));

    assertThat(bench.rows().due(soon, soon, 1000)).anyMatch(kept -> isOf(bench, kept.video()));
    assertThat(bench.rows().due(Instant.now().minus(Duration.ofDays(7)), soon, 1000))
        .noneMatch(kept -> isOf(bench, kept.video()));

    Files.delete(bench.target());
    accept(bench);

    assertThat(bench.rows().due(soon, Instant.now().minus(Duration.ofDays(1)), 1000))
        .noneMatch(kept -> isOf(bench, kept.video()));
  }

  private static boolean isOf(ReplaceBench bench, Optional<VideoId> video) {
    return video.equals(Optional.of(bench.video()));
  }
}
