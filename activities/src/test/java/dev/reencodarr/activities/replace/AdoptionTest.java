package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database has forgotten what the disk knows, as after the restore of a backup. */
class AdoptionTest {

  private static final String AWFUL = "new\nline 映画 🎬 'q' \"$(x)\" -n %s";

  private static Database database;

  private final Set<VideoId> running = new HashSet<>();
  private VideoRepository videos;
  private Adoption adoption;

  @TempDir(factory = InMemory.class)
  private Path folder;

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @BeforeEach
  void open() {
    videos = new VideoRepository(database);
    adoption = new Adoption(database, running::contains);
  }

  private ReplaceBench replaced(String source) {
    return ReplaceBench.replaced(database, folder, source);
  }

  private static UndoOutcome undo(ReplaceBench bench, String attempt) {
    return bench.exchanging().undo(bench.video(), attempt + "#" + bench.video());
  }

  /** Everything but the video as it was found once. */
  private static void forget(ReplaceBench bench) {
    for (String table : List.of("replacements", "replacement_attempts", "replacement_fences")) {
      database
          .client()
          .sql("delete from " + table + " where video_id = ?")
          .param(bench.video().value())
          .update();
    }
    database.client().sql("delete from kept_contents").update();
  }

  private static Library library(ReplaceBench bench) {
    return new LibraryRepository(database)
        .byRootContaining(ReplaceBench.media(bench.root()))
        .orElseThrow();
  }

  private List<Adopted> adopt(ReplaceBench bench) {
    return adopt(bench, Adoption.Search.KNOWN_FILES);
  }

  private List<Adopted> adopt(ReplaceBench bench, Adoption.Search search) {
    return adoption.in(library(bench), ours(bench), search, bytes -> {});
  }

  private static Path ours(ReplaceBench bench) {
    return bench.root().resolve(DotFolder.NAME);
  }

  private Video video(ReplaceBench bench) {
    return videos.find(bench.video()).orElseThrow();
  }

  private static Replacement row(ReplaceBench bench) {
    return bench.rows().latestCommitted(bench.video()).orElseThrow();
  }

  private static boolean isKept(String hash) {
    return database
        .client()
        .sql("select exists (select 1 from kept_contents where sampled_hash = ?)")
        .param(hash)
        .query(Boolean.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi", AWFUL + ".avi"})
  void aReplacementThatTheDatabaseForgotCanBeUndoneAgain(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    forget(bench);

    List<Adopted> adopted = adopt(bench);

    assertThat(adopted)
        .containsExactly(
            new Adopted.Replaced(
                bench.quarantineFolder(),
                ReplaceBench.media(bench.target()),
                FileIdentity.of(bench.target())));
    assertThat(row(bench).state()).isEqualTo(ReplacementState.DONE);
    assertThat(row(bench).quarantined()).isTrue();
    assertThat(video(bench).state()).isEqualTo(VideoState.ENCODED);
    assertThat(video(bench).path()).isEqualTo(ReplaceBench.media(bench.target()));
    assertThat(video(bench).originalSize()).hasValue(ReplaceBench.ORIGINAL.length);
    assertThat(adopt(bench)).as("once").isEmpty();
    assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi", AWFUL + ".avi"})
  void anUndoThatTheDatabaseForgotKeepsItsContent(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    undo(bench, "undo");
    forget(bench);

    List<Adopted> adopted = adopt(bench);

    String hash = FileIdentity.of(bench.source()).sampledHash();
    assertThat(adopted).singleElement().isInstanceOf(Adopted.Undone.class);
    assertThat(isKept(hash)).isTrue();
    assertThat(video(bench).skipReason()).contains(SkipReason.KEPT);
    assertThat(video(bench).path()).isEqualTo(ReplaceBench.media(bench.source()));
    assertThat(row(bench).state()).isEqualTo(ReplacementState.UNDONE);
    assertThat(((UndoOutcome.Undone) undo(bench, "again")).redone()).isTrue();
    assertThat(bench.target()).hasBinaryContent(ReplaceBench.RESULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"movie.mkv", "movie.avi"})
  void anUndoWithoutTheDatabaseIsNoticedThoughItsRowIsThere(String source) throws IOException {
    ReplaceBench bench = replaced(source);
    UndoFromDisk.undo(bench.quarantineFolder());

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.Undone.class);

    assertThat(row(bench).state()).isEqualTo(ReplacementState.UNDONE);
    assertThat(video(bench).skipReason()).contains(SkipReason.KEPT);
    assertThat(adopt(bench)).isEmpty();
    videos.requeue(bench.video());
    assertThat(adopt(bench)).as("retry has the last word").isEmpty();
    assertThat(video(bench).state()).isEqualTo(VideoState.FOUND);
  }

  @Test
  void anUndoThatWasUndoneSinceTheBackupIsNoticedToo() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    undo(bench, "undo");
    undo(bench, "again");
    database
        .client()
        .sql(
            "update replacements set state = 'undone', undone_at = now(),"
                + " committed_at = now() - interval '8 days' where video_id = ?")
        .param(bench.video().value())
        .update();
    assertThat(row(bench).state()).isEqualTo(ReplacementState.UNDONE);

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.Replaced.class);

    assertThat(row(bench).state()).isEqualTo(ReplacementState.DONE);
    assertThat(video(bench).state()).isEqualTo(VideoState.ENCODED);
    Instant weekAgo = Instant.now().minus(Duration.ofDays(7));
    assertThat(bench.rows().due(weekAgo, Instant.now(), 1000))
        .as("its days are counted from the adoption")
        .noneMatch(kept -> kept.video().equals(Optional.of(bench.video())));
    assertThat(bench.rows().keptOf(bench.video(), weekAgo)).isEmpty();
  }

  /** Its folder under another path, taken out of use there and added here. */
  private ReplaceBench moved(ReplaceBench bench) throws IOException {
    Path root = bench.root().resolveSibling("moved-" + bench.video());
    Files.move(bench.root(), root);
    LibraryRepository libraries = new LibraryRepository(database);
    libraries.remove(library(bench).id());
    libraries.add("moved " + bench.video(), ReplaceBench.media(root), "default", false);
    return new ReplaceBench(
        bench.rows(),
        bench.video(),
        root,
        root.resolve(bench.relative(bench.source())),
        root.resolve(bench.relative(bench.target())),
        bench.work());
  }

  /** The row of its video, as its run leaves it. */
  private static void writtenDown(ReplaceBench bench, Path file) throws IOException {
    database
        .client()
        .sql("update videos set path = ?, sampled_hash = ? where id = ?")
        .params(file.toString(), FileIdentity.of(file).sampledHash(), bench.video().value())
        .update();
  }

  @ParameterizedTest
  @CsvSource({"movie.mkv, true", "movie.avi, true", "movie.mkv, false", "movie.avi, false"})
  void theRowsOfALibraryThatWasMovedFollowIt(String source, boolean undone) throws IOException {
    ReplaceBench before = replaced(source);
    if (undone) {
      undo(before, "undo");
    }
    writtenDown(before, undone ? before.source() : before.target());
    ReplaceBench bench = moved(before);
    Path place = undone ? bench.source() : bench.target();
    see(bench, place);

    assertThat(adopt(bench))
        .singleElement()
        .isInstanceOf(undone ? Adopted.Undone.class : Adopted.Replaced.class);

    assertThat(row(bench).libraryRoot()).isEqualTo(ReplaceBench.media(bench.root()));
    assertThat(row(bench).quarantine()).isEqualTo(ReplaceBench.media(bench.quarantineFolder()));
    assertThat(video(bench).path()).isEqualTo(ReplaceBench.media(place));
    assertThat(video(bench).library()).isEqualTo(library(bench).id());
    assertThat(adopt(bench)).as("once").isEmpty();
    assertThat(undo(bench, "again")).isInstanceOf(UndoOutcome.Undone.class);
    assertThat(undone ? bench.target() : bench.source())
        .hasBinaryContent(undone ? ReplaceBench.RESULT : ReplaceBench.ORIGINAL);
    assertThat(bench.files()).hasSize(2);
  }

  @Test
  void aRowDoesNotFollowACopyOfItsLibraryNorOneWhoseOwnMayOnlyBeAway() throws IOException {
    ReplaceBench before = replaced("movie.mkv");
    ReplaceBench copy = moved(before);
    Path quarantine = Path.of(row(before).quarantine().value());
    Files.createDirectories(quarantine);

    assertThat(adopt(copy)).singleElement().isInstanceOf(Adopted.InDoubt.class);

    Files.delete(quarantine);
    database
        .client()
        .sql("update libraries set removed_at = null where root = ?")
        .param(before.root().toString())
        .update();
    assertThat(adopt(copy)).singleElement().isInstanceOf(Adopted.InDoubt.class);

    database
        .client()
        .sql("update libraries set removed_at = now() where root = ?")
        .param(before.root().toString())
        .update();
    Files.writeString(copy.target(), "theirs");
    assertThat(adopt(copy))
        .as("the result is not whole")
        .singleElement()
        .isInstanceOf(Adopted.InDoubt.class);
    assertThat(row(before).quarantine()).isEqualTo(ReplaceBench.media(quarantine));
  }

  @Test
  void whatIsAsItsRowSaysIsLeftAlone() throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    Video before = video(bench);
    Files.write(bench.target(), "theirs".getBytes(StandardCharsets.UTF_8));

    assertThat(adopt(bench)).isEmpty();

    assertThat(video(bench)).isEqualTo(before);
    assertThat(row(bench).state()).isEqualTo(ReplacementState.DONE);
  }

  @Test
  void aFileThatWasRenamedIsFoundWhereAScanHasMetItAndElsewhereByAWholeRound() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    forget(bench);
    Path renamed = Files.createDirectories(bench.root().resolve("Else 映画")).resolve("b.mkv");
    Files.move(bench.target(), renamed);

    assertThat(adopt(bench))
        .singleElement()
        .satisfies(doubt ->
            assertThat(((Adopted.InDoubt) doubt).why())
                .contains("by its manifest it is of " + bench.source(), "not whole at"));
    assertThat(adopt(bench, Adoption.Search.WHOLE_LIBRARY))
        .singleElement()
        .isInstanceOf(Adopted.Replaced.class);

    assertThat(video(bench).path()).isEqualTo(ReplaceBench.media(renamed));
    assertThat(row(bench).resultPlace()).isEqualTo(ReplaceBench.media(renamed));
    assertThat(undo(bench, "undo")).isInstanceOf(UndoOutcome.Undone.class);
    assertThat(renamed.resolveSibling("b.avi")).hasBinaryContent(ReplaceBench.ORIGINAL);

    Path again = renamed.resolveSibling("c.avi");
    forget(bench);
    Files.move(renamed.resolveSibling("b.avi"), again);
    see(bench, again);

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.Undone.class);
    assertThat(video(bench).path()).isEqualTo(ReplaceBench.media(again));
  }

  private Video see(ReplaceBench bench, Path file) throws IOException {
    MediaPath path = ReplaceBench.media(file);
    videos.see(
        library(bench).id(),
        List.of(
            new SeenFile(
                path, Files.size(file), Files.getLastModifiedTime(file).toInstant(), 1, false)));
    return videos.findByPath(path).orElseThrow();
  }

  @Test
  void theRowThatAScanHasMadeOfTheResultGivesWayAndItsRequestsPassOver() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    forget(bench);
    Video newcomer = see(bench, bench.target());
    RequestRepository requests = new RequestRepository(database);
    WorkRequest request = Rows.request(database, library(bench), Wishes.none(), false);
    requests.addVideos(request.id(), List.of(newcomer.path()));

    adopt(bench);

    assertThat(videos.find(newcomer.id())).isEmpty();
    assertThat(requests.videos(request.id()).stream().map(RequestedVideo::video).map(Video::id))
        .containsExactly(bench.video());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aVideoWithoutARowGetsOneAnew(boolean replacementIsKnown) throws IOException {
    ReplaceBench bench = replaced("movie.mkv");
    if (!replacementIsKnown) {
      forget(bench);
    }
    database.client().sql("delete from videos where id = ?").param(bench.video().value()).update();

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.Replaced.class);

    Video anew = videos.findByPath(ReplaceBench.media(bench.target())).orElseThrow();
    assertThat(anew.state()).isEqualTo(VideoState.ENCODED);
    assertThat(bench.exchanging().undo(anew.id(), "undo#" + anew.id()))
        .isInstanceOf(UndoOutcome.Undone.class);
    assertThat(bench.source()).hasBinaryContent(ReplaceBench.ORIGINAL);
    if (!replacementIsKnown) {
      assertThat(anew.id()).as("by the manifest").isEqualTo(bench.video());
    }
  }

  @Test
  void aVideoAtWorkIsLeftToItsRunWhichIsToldBeforeItBegins() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    undo(bench, "undo");
    forget(bench);
    running.add(bench.video());
    Video before = video(bench);

    assertThat(adopt(bench))
        .singleElement()
        .satisfies(doubt ->
            assertThat(((Adopted.InDoubt) doubt).why()).endsWith("a run is at work on its video"));
    assertThat(bench.rows().latestCommitted(bench.video())).isEmpty();
    Optional<Adopted> told =
        adoption.ofRun(
            library(bench), bench.video(), ReplaceBench.media(bench.source()), bytes -> {});

    assertThat(told).get().isInstanceOf(Adopted.Undone.class);
    assertThat(row(bench).state()).isEqualTo(ReplacementState.UNDONE);
    assertThat(video(bench)).as("its row is the run's to write").isEqualTo(before);
    assertThat(
            adoption.ofRun(
                library(bench), bench.video(), ReplaceBench.media(bench.source()), bytes -> {}))
        .as("retry takes it again")
        .isEmpty();
  }

  /** A database that is older than the video's discovery finds the file under another id. */
  @Test
  void aRunIsToldOfItsFileWhateverIdItHadBefore() {
    ReplaceBench bench = replaced("movie.avi");
    undo(bench, "undo");
    forget(bench);
    VideoId again = new VideoId(UUID.randomUUID());
    MediaPath file = ReplaceBench.media(bench.source());

    assertThat(adoption.ofRun(library(bench), again, file, bytes -> {}))
        .as("while the other id has a row, it is another video's")
        .isEmpty();
    database
        .client()
        .sql("update videos set id = ? where id = ?")
        .params(again.value(), bench.video().value())
        .update();

    assertThat(adoption.ofRun(library(bench), again, file, bytes -> {}))
        .get()
        .isInstanceOf(Adopted.Undone.class);
    assertThat(bench.rows().latestCommitted(again)).isPresent();
  }

  @Test
  void aRunIsNotToldOfOtherFiles() {
    ReplaceBench bench = replaced("movie.avi");
    forget(bench);

    assertThat(
            adoption.ofRun(
                library(bench),
                new VideoId(UUID.randomUUID()),
                ReplaceBench.media(bench.source().resolveSibling("other.avi")),
                bytes -> {}))
        .isEmpty();
    assertThat(bench.rows().latestCommitted(bench.video())).isEmpty();
  }

  /** Every point of every way: whatever the journal has forgotten, the film gets its place. */
  @ParameterizedTest
  @EnumSource(SwapCase.class)
  void aSwapWhoseJournalIsForgottenAnywhereLeavesTheFilmInItsPlaceAndItsOriginalWhole(SwapCase way)
      throws IOException {
    int points = points(way);
    for (int point : IntStream.range(1, points).toArray()) {
      ReplaceBench bench = way.bench(database, folder);
      SwapRequest request = bench.staged("swap");
      StoppedDead stop = new StoppedDead(point);
      assertThatThrownBy(() -> way.swapper(bench, stop).swap(request))
          .isInstanceOf(StoppedDead.PowerFailure.class);
      String at = way + " after " + stop.passed().getLast();
      forget(bench);

      List<Adopted> adopted = adopt(bench);

      if (adopted.stream().anyMatch(Adopted.Begun.class::isInstance)) {
        Replacement begun = bench.rows().unfinished(bench.video()).getFirst();
        way.swapper(bench, CrashPoints.none()).swap(askedFor(bench, begun));
      }
      boolean original = holds(bench.source(), ReplaceBench.ORIGINAL);
      boolean result = holds(bench.target(), ReplaceBench.RESULT);
      assertThat(original || result).as(at + ": the film is in its place").isTrue();
      assertThat(bench.rows().unfinished(bench.video())).as(at).isEmpty();
      if (!original) {
        way.swapper(bench, CrashPoints.none()).undo(bench.video(), "undo#" + bench.video());
        assertThat(bench.source()).as(at).hasBinaryContent(ReplaceBench.ORIGINAL);
      }
    }
  }

  private int points(SwapCase way) {
    ReplaceBench bench = way.bench(database, folder);
    StoppedDead counting = StoppedDead.never();
    way.swapper(bench, counting).swap(bench.staged("swap"));
    return counting.passed().size();
  }

  private static SwapRequest askedFor(ReplaceBench bench, Replacement row) {
    return new SwapRequest(
        bench.video(),
        row.attempt(),
        row.libraryRoot(),
        row.source(),
        row.original(),
        row.target(),
        new StagedResult(row.staged(), row.resultSha256(), row.resultBytes()));
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && java.util.Arrays.equals(Files.readAllBytes(file), content);
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void aFolderThatSomebodyHasWrittenToIsOnlyToldOf(Forgery forgery) throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    forgery.act(bench);
    forget(bench);
    Map<String, String> before = everything();
    Video row = video(bench);

    List<Adopted> adopted = adopt(bench, Adoption.Search.WHOLE_LIBRARY);

    assertThat(adopted).singleElement().isInstanceOf(Adopted.InDoubt.class);
    assertThat(((Adopted.InDoubt) adopted.getFirst()).why()).isNotBlank();
    assertThat(everything()).as("no file is touched").isEqualTo(before);
    assertThat(bench.rows().latestCommitted(bench.video())).isEmpty();
    assertThat(bench.rows().unfinished(bench.video())).isEmpty();
    assertThat(video(bench)).isEqualTo(row);
  }

  /** All names below the test's folder with their contents. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.toList()) {
        String what =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path)
                : Files.isRegularFile(path) ? Sha256.of(path, bytes -> {}) : "folder";
        all.put(path.toString(), what);
      }
    }
    return all;
  }

  @Test
  void foldersThatAreNotNamedLikeReplacementsAreToldOf() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    Path other = ours(bench).resolve(DotFolder.QUARANTINE).resolve("my films " + AWFUL);
    Files.createDirectories(other);
    Path file = Files.writeString(other.resolve("manifest.json"), "{}");

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.InDoubt.class);
    assertThat(file).hasContent("{}");
  }

  @Test
  void aQuarantineBehindASymbolicLinkIsNotLookedInto() throws IOException {
    ReplaceBench bench = replaced("movie.avi");
    forget(bench);
    Forgery.swapForLink(ours(bench).resolve(DotFolder.QUARANTINE), bench);
    assertThat(adopt(bench)).isEmpty();
    Forgery.swapForLink(ours(bench), bench);
    assertThat(adopt(bench)).isEmpty();
  }

  @Test
  void aManifestThatNamesAnotherVideosIdDoesNotTouchThatVideo() throws IOException {
    ReplaceBench victim = replaced("movie.mkv");
    ReplaceBench bench = replaced("movie.avi");
    Path manifest = bench.quarantineFolder().resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(bench.video().toString(), victim.video().toString()));
    forget(bench);
    Video before = video(victim);

    assertThat(adopt(bench)).singleElement().isInstanceOf(Adopted.Replaced.class);

    assertThat(video(victim)).isEqualTo(before);
    assertThat(row(victim).source()).isEqualTo(ReplaceBench.media(victim.source()));
    assertThat(videos.findByPath(ReplaceBench.media(bench.target())))
        .get()
        .matches(video -> video.state() == VideoState.ENCODED);
  }
}
