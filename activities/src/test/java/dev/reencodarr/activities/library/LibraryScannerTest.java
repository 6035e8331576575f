package dev.reencodarr.activities.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.LookOutcome;
import dev.reencodarr.activities.failure.FailureRecorder;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.replace.Adoption;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.activities.store.Outcome.Result;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.RequestNote;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Roots;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.library.LibraryScanActivities;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Goal;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in real folders; what is in a file is said by its first word. */
class LibraryScannerTest {

  private static final FileTime OLD = FileTime.from(Instant.parse("2024-01-01T00:00:00.5Z"));

  @TempDir private Path temporary;
  private Path root;
  private Database database;
  private VideoRepository videos;
  private RequestRepository requests;
  private Library library;
  private final Collection<MediaPath> opened = new ConcurrentLinkedQueue<>();
  private final Set<VideoId> running = new HashSet<>();
  private final List<FailureRecord> failures = new ArrayList<>();
  private final TestActivityEnvironment temporal = environment();
  private LibraryScanActivities scanner;

  @BeforeEach
  void emptyLibrary() throws IOException {
    // As the demo's: a library may lie in a folder that is named like our own in libraries.
    root = Files.createDirectories(temporary.toRealPath().resolve(".reencodarr/demo/tv"));
    database = TestDatabase.fresh();
    videos = new VideoRepository(database);
    requests = new RequestRepository(database);
    library = new Roots(database).add(root, "tv", "default", false, false);
    temporal.registerActivitiesImplementations(scannerOf(1));
    scanner = temporal.newActivityStub(LibraryScanActivities.class);
  }

  private static TestActivityEnvironment environment() {
    return TestActivityEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
            .build());
  }

  private LibraryScanner scannerOf(int stillSeconds) {
    return scannerOf(Map.of("REENCODARR_STILL_SECONDS", Integer.toString(stillSeconds)));
  }

  private LibraryScanner scannerOf(Map<String, String> environment) {
    SettingsFile settings = SettingsFile.read(temporary, environment);
    return new LibraryScanner(
        database,
        new MarkedLibraries(database),
        new Adoption(database, running::contains),
        this::analyse,
        new RulesInForce(database, settings.values()),
        new FailureList(),
        LibraryScannerTest::judge,
        settings.settings(),
        2);
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  private final class FailureList implements FailureActivities {
    private final FailureRecorder recorder =
        new FailureRecorder(
            new FailureRepository(database), new Machine("box", "default", temporary));

    @Override
    public void record(FailureRecord failure) {
      failures.add(failure);
      recorder.record(failure);
    }

    @Override
    public void resolveStage(VideoId video, FailureStage stage) {}
  }

  private List<LookOutcome> analyse(List<MediaPath> paths) {
    List<LookOutcome> outcomes = new ArrayList<>();
    for (MediaPath path : paths) {
      try {
        outcomes.add(new LookOutcome.Seen(analyse(path)));
      } catch (RuntimeException fault) {
        outcomes.add(new LookOutcome.Failed(fault));
      }
    }
    return outcomes;
  }

  private Analysis analyse(MediaPath path) {
    opened.add(path);
    Path file = Path.of(path.value());
    try {
      String content = Files.readString(file);
      switch (content.split(" ", -1)[0]) {
        case "broken" -> throw Faults.of(EvidenceKind.BAD_MEDIA, "no media");
        case "locked" -> throw Faults.of(EvidenceKind.FILE_ACCESS, "permission denied");
        case "unfit" -> throw Faults.of(EvidenceKind.TOOL_UNFIT, "no ffprobe");
        case "bug" -> throw new IllegalStateException("a bug");
        default -> {}
      }
      SourceIdentity identity =
          new SourceIdentity(
              Files.size(file),
              Files.getLastModifiedTime(file).toInstant(),
              UUID.nameUUIDFromBytes(content.getBytes(UTF_8)).toString());
      return new Analysis.Analysed(
          new FileFacts(identity, (Integer) Files.getAttribute(file, "unix:nlink"), false),
          media(content.split(" ", -1)[0], content.length()));
    } catch (NoSuchFileException e) {
      return new Analysis.Vanished();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MediaFacts media(String codec, long size) {
    return new MediaFacts(
        "matroska,webm",
        0,
        10,
        size,
        List.of(
            new MediaStream.Video(
                0,
                codec,
                "",
                1920,
                1080,
                0,
                "yuv420p",
                25,
                25,
                "progressive",
                10,
                250,
                HdrKind.SDR,
                Map.of(),
                Map.of(),
                List.of())),
        0,
        Map.of());
  }

  private static Classification judge(FailureStage stage, Evidence evidence) {
    Reaction reaction =
        switch (evidence.kind()) {
          case TOOL_UNFIT -> Reaction.STOP_QUEUE;
          case UNEXPECTED -> Reaction.RETRY;
          default -> Reaction.GIVE_UP;
        };
    String code = evidence.kind() == EvidenceKind.FILE_ACCESS ? "FILE_ACCESS" : "VALIDATION";
    return new Classification(
        stage, FailureCategory.VALIDATION, code, evidence.message(), reaction);
  }

  private Path file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, OLD);
    return file;
  }

  private WorkRequest request(boolean dryRun, Path... scopes) {
    WorkRequest request =
        new WorkRequest(
            new RequestId(UUID.randomUUID()),
            library.id(),
            library.root(),
            library.zone(),
            List.of(scopes).stream().map(scope -> new MediaPath(scope.toString())).toList(),
            Wishes.none(),
            dryRun);
    requests.create(request);
    return request;
  }

  private ScanTally scan(WorkRequest request) {
    ScanTally tally = scanner.walk(request);
    while (scanner.analyseBatch(request) > 0) {
      // until everything is decided
    }
    return tally;
  }

  private ScanTally scan(Path... scopes) {
    return scan(request(false, scopes));
  }

  private Video video(Path path) {
    return videos.findByPath(new MediaPath(path.toString())).orElseThrow();
  }

  private Map<String, String> outcomes(WorkRequest request) {
    return requests.videos(request.id()).stream()
        .collect(
            Collectors.toMap(
                row -> row.video().path().fileName(),
                row -> row.outcome().map(outcome -> outcome.text()).orElse("to be started")));
  }

  /** The quarantine of a mount, as an undo leaves it whose file was renamed since. */
  private void undone(Path film, Path mount) throws Exception {
    Path before = film.resolveSibling("before.avi");
    Path folder =
        Files.createDirectories(mount.resolve(".reencodarr/quarantine/" + UUID.randomUUID()));
    Files.writeString(folder.resolve("result"), "av1 a result");
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest("av1 a result".getBytes(UTF_8)));
    Files.writeString(
        folder.resolve("manifest.json"),
        Payloads.mapper()
            .writeValueAsString(
                Map.of(
                    "replacement", folder.getFileName().toString(),
                    "libraryRoot", root.toString(),
                    "source", before.toString(),
                    "target", film.resolveSibling("before.mkv").toString(),
                    "original", FileIdentity.of(film),
                    "resultSha256", sha256,
                    "resultBytes", "av1 a result".length())));
  }

  @Test
  void anUndoThatOnlyTheDiskKnowsIsNotTakenForANewFile() throws Exception {
    // the quarantine of a mount inside the library; the file was renamed after the undo
    Path film = file("mount/Show/renamed 映画.mkv", "h264 put back");
    Path copy = file("elsewhere/other.mkv", "h264 another film");
    undone(film, root.resolve("mount"));
    WorkRequest request = request(false, root);

    scan(request);

    assertThat(outcomes(request))
        .containsEntry(film.getFileName().toString(), "skipped: kept")
        .containsEntry(copy.getFileName().toString(), "to be started");
    assertThat(video(film).skipReason()).contains(SkipReason.KEPT);
    assertThat(new ReplacementRepository(database).quarantined())
        .singleElement()
        .matches(kept -> kept.video().equals(Optional.of(video(film).id())));
    scan(request(false, film));
    videos.requeue(video(film).id());
    WorkRequest again = request(false, film);
    scan(again);
    assertThat(outcomes(again)).as("after retry").containsValue("to be started");
  }

  @Test
  void anOrderThatTheDatabaseHasForgottenIsWrittenDownAgain() throws Exception {
    Path film = file("a.mkv", "h264 film");
    WorkRequest request = request(false, root);
    database.client().sql("delete from requests").update();

    scan(request);

    assertThat(outcomes(request)).containsExactly(Map.entry("a.mkv", "to be started"));
    assertThat(video(film).state()).isEqualTo(VideoState.FOUND);
  }

  @Test
  void everyFileOfAnAwfulFolderIsTakenOrLeftAloneWithAReason() throws Exception {
    List<String> names =
        List.of(
            "plain.mkv",
            "with 'quotes\" and $(rm -rf).mp4",
            "-leading dash.mkv",
            "line\nbreak.mkv",
            "emoji 🎬 é.AVI",
            "x".repeat(251) + ".mkv",
            "deep/er/and deeper/file.mkv");
    for (String name : names) {
      file(name, "h264 " + name);
    }
    file("notes.txt", "text");
    file(".hidden.mkv", "h264");
    file(".hidden/inside.mkv", "h264");
    file("noextension", "h264");
    file("empty.mkv", "");
    Path linked = file("linked.mkv", "h264 linked");
    Files.createLink(root.resolve("linked twice.mkv"), linked);
    Files.createSymbolicLink(root.resolve("symlink.mkv"), linked);
    Files.createSymbolicLink(root.resolve("folder link"), root.resolve("deep"));
    Files.createSymbolicLink(root.resolve("dangling.mkv"), root.resolve("nowhere"));
    shell("printf h264 > \"$1/bad_\"$(printf '\\377')\".mkv\"; mkdir \"$1/\"$(printf '\\376')");
    WorkRequest request = request(false, root);

    ScanTally tally = scan(request);

    assertThat(tally).isEqualTo(new ScanTally(12, 0, 10, 0, 2, 0, 3, 2));
    Map<String, String> outcomes = outcomes(request);
    for (String name : names) {
      assertThat(outcomes)
          .containsEntry(name.substring(name.lastIndexOf('/') + 1), "to be started");
    }
    assertThat(outcomes)
        .containsEntry("linked.mkv", "skipped: hard_links")
        .containsEntry("linked twice.mkv", "skipped: hard_links")
        .containsEntry("symlink.mkv", "skipped: symlink")
        .containsEntry("dangling.mkv", "skipped: symlink")
        .hasSize(12);
    assertThat(requests.notes(request.id(), 10))
        .extracting(RequestNote::note)
        .anySatisfy(note -> assertThat(note).contains("not valid UTF-8"))
        .anySatisfy(note -> assertThat(note).contains("symbolic link to a folder"))
        .hasSize(3);
  }

  @Test
  void linksIntoALibraryAreFollowedWhereThatIsSet() throws IOException {
    Path otherRoot = temporary.toRealPath().resolve("films");
    Path films = Files.createDirectories(otherRoot.resolve("deep"));
    Library other = new Roots(database).add(otherRoot, "films", "default", false, false);
    new Roots(database)
        .add(
            Files.createDirectories(temporary.toRealPath().resolve("far")),
            "far",
            "elsewhere",
            false,
            false);
    Path film = Files.writeString(films.resolve("film.mkv"), "h264 film");
    Path hidden =
        Files.writeString(
            Files.createDirectories(otherRoot.resolve(".trash")).resolve("hidden.mkv"), "h264 hid");
    Path far = Files.writeString(temporary.toRealPath().resolve("far/far.mkv"), "h264 far");
    Path outside = Files.writeString(temporary.toRealPath().resolve("outside.mkv"), "h264 outside");
    Path own = file("own.mkv", "h264 own");
    Files.createSymbolicLink(root.resolve("link.mkv"), film);
    Files.createSymbolicLink(root.resolve("link twice.mkv"), film);
    Files.createSymbolicLink(root.resolve("own link.mkv"), own);
    Files.createSymbolicLink(root.resolve("to outside.mkv"), outside);
    Files.createSymbolicLink(root.resolve("to far.mkv"), far);
    Files.createSymbolicLink(root.resolve("to hidden.mkv"), hidden);
    Files.createSymbolicLink(root.resolve("dangling.mkv"), root.resolve("nowhere"));
    temporal.close();
    TestActivityEnvironment following = environment();
    try {
      following.registerActivitiesImplementations(
          scannerOf(Map.of("REENCODARR_STILL_SECONDS", "0", "REENCODARR_SYMLINKS", "follow")));
      scanner = following.newActivityStub(LibraryScanActivities.class);
      WorkRequest request = request(false, root);

      scan(request);

      assertThat(outcomes(request))
          .containsOnly(
              Map.entry("film.mkv", "to be started"),
              Map.entry("own.mkv", "to be started"),
              Map.entry("to outside.mkv", "skipped: symlink"),
              Map.entry("to far.mkv", "skipped: symlink"),
              Map.entry("to hidden.mkv", "skipped: symlink"),
              Map.entry("dangling.mkv", "skipped: symlink"));
      assertThat(videos.findByPath(new MediaPath(film.toString())).orElseThrow().library())
          .isEqualTo(other.id());
    } finally {
      following.close();
    }
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", root.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aSecondScanOpensNoFileAndStartsWhatWasNotDone() throws IOException {
    file("a.mkv", "h264 a");
    file("b.mkv", "av1 b");
    file("c.mkv", "broken");
    scan(root);
    assertThat(opened).hasSize(3);
    opened.clear();
    WorkRequest again = request(false, root);

    ScanTally tally = scan(again);

    assertThat(opened).isEmpty();
    assertThat(tally).isEqualTo(new ScanTally(3, 3, 0, 0, 0, 0, 0, 0));
    assertThat(outcomes(again).get("a.mkv")).isEqualTo("to be started");
    assertThat(outcomes(again).get("b.mkv")).isEqualTo("skipped: already_av1");
    assertThat(outcomes(again).get("c.mkv")).startsWith("failed: VALIDATION: no media (before");
  }

  @Test
  void runTwiceEachActivityLeavesTheSame() throws IOException {
    file("a.mkv", "h264 a");
    file("b.mkv", "broken");
    WorkRequest request = request(false, root);
    ScanTally first = scanner.walk(request);
    scanner.analyseBatch(request);
    List<RequestedVideo> rows = requests.videos(request.id());

    scanner.walk(request);
    scanner.analyseBatch(request);

    assertThat(first.taken()).isEqualTo(2);
    assertThat(requests.videos(request.id())).isEqualTo(rows);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aChangedFileIsLookedAtAgain() throws IOException {
    Path a = file("a.mkv", "av1 a");
    scan(root);
    VideoId id = video(a).id();
    Files.writeString(a, "h264 upgraded");
    Files.setLastModifiedTime(a, OLD);

    ScanTally tally = scan(root);

    assertThat(tally.taken()).isEqualTo(1);
    assertThat(video(a).id()).isEqualTo(id);
    assertThat(video(a).state()).isEqualTo(VideoState.FOUND);
    assertThat(video(a).media().codec()).contains("h264");
  }

  @Test
  void aFileThatMovedKeepsItsIdAndState() throws IOException {
    Path old = file("old.mkv", "av1 a");
    scan(root);
    VideoId id = video(old).id();
    Path moved = root.resolve("season 1/new.mkv");
    Files.createDirectories(moved.getParent());
    Files.move(old, moved);
    WorkRequest request = request(false, root);

    scan(request);

    assertThat(video(moved).id()).isEqualTo(id);
    assertThat(videos.list(VideoRepository.Filter.all(10))).hasSize(1);
    assertThat(outcomes(request)).containsExactly(Map.entry("new.mkv", "skipped: already_av1"));
  }

  @Test
  void ofTwoCopiesOfAMovedFileOneAloneIsTheOldVideo() throws IOException {
    Path old = file("old.mkv", "av1 content");
    scan(root);
    VideoId id = video(old).id();
    Files.delete(old);
    Path copy = file("copy.mkv", "av1 content");
    Path other = file("other.mkv", "av1 content");
    WorkRequest request = request(false, root);

    scan(request);

    assertThat(List.of(video(copy).id(), video(other).id())).containsOnlyOnce(id);
    assertThat(outcomes(request))
        .isEqualTo(Map.of("copy.mkv", "skipped: already_av1", "other.mkv", "skipped: already_av1"));
  }

  @Test
  void aFileThatIsGoneIsMissingAndComesBack() throws IOException {
    Path a = file("a.mkv", "av1 a");
    scan(root);
    Files.delete(a);

    scan(root);
    assertThat(video(a).missingSince()).isPresent();

    file("a.mkv", "av1 a");
    scan(root);
    assertThat(video(a).missingSince()).isEmpty();
  }

  @Test
  void aScanByScheduleLeavesFilesAloneThatWereChangedAShortTimeAgo() throws IOException {
    Path old = file("old.mkv", "h264 old");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(6))));
    Path young = file("young.mkv", "h264 young");
    Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofMinutes(4))));

    ScanTally tally = scan(bySchedule());

    assertThat(tally.beingWritten()).isEqualTo(1);
    assertThat(video(old).state()).isEqualTo(VideoState.FOUND);
    assertThat(new VideoRepository(database).findByPath(new MediaPath(young.toString()))).isEmpty();
  }

  private WorkRequest bySchedule() {
    WorkRequest request =
        new WorkRequest(
            new RequestId(UUID.randomUUID()),
            library.id(),
            library.root(),
            library.zone(),
            List.of(library.root()),
            Wishes.none(),
            false,
            true);
    requests.create(request);
    return request;
  }

  @Test
  void aScanByScheduleLeavesFilesAloneThatSomebodyWritesThoughTheyStandStill() throws IOException {
    Path stalled = file("stalled.mkv", "h264 half");
    FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    try (OutputStream writer = Files.newOutputStream(stalled, StandardOpenOption.APPEND)) {
      writer.flush();
      Files.setLastModifiedTime(stalled, anHourAgo);

      assertThat(scan(bySchedule()).beingWritten()).isEqualTo(1);
    }
    assertThat(scan(bySchedule()).taken()).isEqualTo(1);
  }

  @Test
  void aFileThatSomebodyWritesIsLeftForLater() throws IOException {
    Path written = root.resolve("written.mkv");
    Path young = root.resolve("young.mkv");
    Files.writeString(young, "h264 young");
    WorkRequest request = request(false, root);

    try (OutputStream writer = Files.newOutputStream(written)) {
      writer.write("h264 half".getBytes(UTF_8));
      writer.flush();

      ScanTally tally = scan(request);

      assertThat(tally.beingWritten()).isEqualTo(1);
      assertThat(tally.taken()).isEqualTo(1);
    }
    assertThat(outcomes(request)).containsOnlyKeys("young.mkv");
    assertThat(requests.notes(request.id(), 10))
        .containsExactly(new RequestNote(written.toString(), "is being written: left for later"));
    assertThat(scan(root).taken()).isEqualTo(1);
  }

  @Test
  void scopesCountOnceAndWrongOnesAreNoted() throws IOException {
    Path a = file("show/a.mkv", "h264 a");
    file("b.mkv", "h264 b");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("show"));
    WorkRequest request =
        request(
            false,
            root.resolve("show"),
            a,
            root.resolve("show"),
            root.resolve("gone.mkv"),
            root.resolve("link/a.mkv"),
            root.resolve(".reencodarr"),
            file("read.me", ""),
            temporary.toRealPath().resolve("elsewhere.mkv"));

    ScanTally tally = scan(request);

    assertThat(tally.files()).isEqualTo(1);
    assertThat(outcomes(request)).containsOnlyKeys("a.mkv");
    assertThat(requests.notes(request.id(), 10))
        .extracting(RequestNote::note)
        .containsExactlyInAnyOrder(
            FolderWalk.LeftAlone.MISSING.explanation(),
            FolderWalk.LeftAlone.OUTSIDE.explanation(),
            FolderWalk.LeftAlone.OUTSIDE.explanation(),
            FolderWalk.LeftAlone.OUTSIDE.explanation(),
            FolderWalk.LeftAlone.NO_VIDEO_NAME.explanation());
  }

  @Test
  void aFolderThatIsSomebodyElsesLibraryIsNotGoneInto() throws IOException {
    Path theirs = file("their mount/deep/a.mkv", "h264 a");
    Path mount = root.resolve("their mount");
    new LibraryMarker(library.id(), UUID.randomUUID()).write(mount);
    // one folder of another library of ours, mounted a second time
    Path other = Files.createDirectories(temporary.toRealPath().resolve("other"));
    Library twice = new Roots(database).add(other, "other", "default", false, false);
    file("again/b.mkv", "h264 b");
    LibraryMarker.read(other).orElseThrow().write(root.resolve("again"));
    file("c.mkv", "h264 c");
    WorkRequest request = request(false, root);
    WorkRequest inside = request(false, theirs, mount.resolve("deep"), root.resolve("again"));

    scan(request);
    scan(inside);

    assertThat(outcomes(request)).containsOnlyKeys("c.mkv");
    assertThat(requests.notes(request.id(), 10))
        .extracting(RequestNote::path)
        .containsExactlyInAnyOrder(mount.toString(), root.resolve("again").toString());
    assertThat(outcomes(inside)).isEmpty();
    assertThat(requests.notes(inside.id(), 10))
        .hasSize(2)
        .allMatch(note -> note.note().equals(FolderWalk.LeftAlone.OTHERS.explanation()));

    new LibraryRepository(database).remove(twice.id());
    assertThat(scan(root).taken()).as("nobody serves it any more").isEqualTo(1);
  }

  @Test
  void aDryRunSaysWhatWouldHappenAndStartsAndFailsNothing() throws IOException {
    Path a = file("a.mkv", "h264 a");
    file("b.mkv", "av1 b");
    Path c = file("c.mkv", "broken");
    WorkRequest request = request(true, root);

    scan(request);

    assertThat(outcomes(request))
        .containsEntry("a.mkv", "would encode: h264 1920x1080, VMAF 95")
        .containsEntry("b.mkv", "would skip: already_av1: AV1 of 1920×1080 already")
        .containsEntry("c.mkv", "would fail: no media");
    assertThat(requests.startableCount(library.id())).isZero();
    assertThat(video(a).state()).isEqualTo(VideoState.FOUND);
    assertThat(video(c).state()).isEqualTo(VideoState.FOUND);
    assertThat(failures).isEmpty();
  }

  @Test
  void rulesDecideWhatIsLeftAloneAndWhatWasDecidedIsKept() throws IOException {
    Path small = file("small.mkv", "h264 a");
    Path large = file("large.mkv", "h264 with more in it");
    Path done = file("done.mkv", "av1 b");
    file("urgent.mkv", "h264 that is short");
    new RuleSetRepository(database)
        .set(
            """
            rules:
              - name: tiny
                when: size < 10
                skip: too_small
              - name: first of all
                when: name.contains('urgent')
                priority: 1
              - name: all else
                set: {grain: 8}
            """,
            "box");

    scan(request(true, root));
    assertThat(decision(small)).as("a dry run decides nothing").isNull();
    WorkRequest request = request(false, root);
    scan(request);

    assertThat(outcomes(request))
        .containsEntry("small.mkv", "skipped: too_small")
        .containsEntry("large.mkv", "to be started")
        .containsEntry("done.mkv", "skipped: already_av1");
    assertThat(requests.startable(library.id(), 10, Goal.SPACE))
        .extracting(next -> next.video().path().fileName() + " " + next.priority())
        .containsExactly("urgent.mkv 1", "large.mkv 3");
    assertThat(video(small).skipReason()).contains(new SkipReason("too_small"));
    assertThat(video(small).detail()).isEqualTo("by rule 'tiny' (line 2)");
    assertThat(decision(small)).isEqualTo("skip: too_small");
    assertThat(decision(large)).isEqualTo("encode: libsvtav1, VMAF 95, grain 8");
    assertThat(decision(done)).isEqualTo("skip: already_av1");

    new RuleSetRepository(database).set("", "box");
    WorkRequest later = request(false, root);
    scan(later);

    assertThat(outcomes(later))
        .as("rules that have changed start nothing again by themselves")
        .containsEntry("small.mkv", "skipped: too_small");
  }

  private @Nullable String decision(Path file) {
    return database
        .client()
        .sql("select decision from videos where path = :path")
        .param("path", file.toString())
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  @Test
  void aDamagedFileFailsAloneAndLeavesAFailure() throws IOException {
    Path broken = file("broken.mkv", "broken");
    file("bug.mkv", "bug");
    file("good.mkv", "h264");
    WorkRequest request = request(false, root);

    scan(request);

    assertThat(outcomes(request))
        .containsEntry("broken.mkv", "failed: VALIDATION: no media")
        .containsEntry("bug.mkv", "to be started")
        .containsEntry("good.mkv", "to be started");
    assertThat(video(broken).failureCode()).contains("VALIDATION");
    assertThat(failures)
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.video()).isEqualTo(video(broken).id());
          assertThat(failure.evidence().kind()).isEqualTo(EvidenceKind.BAD_MEDIA);
        });
  }

  @Test
  void aFileThatCouldNotBeReadIsTriedAgainByTheNextScan() throws IOException {
    Path locked = file("locked.mkv", "locked");
    scan(root);
    assertThat(video(locked).state()).isEqualTo(VideoState.FAILED);
    Files.writeString(locked, "h264xx");
    Files.setLastModifiedTime(locked, OLD);

    scan(root);

    assertThat(video(locked).state()).isEqualTo(VideoState.FOUND);
  }

  @Test
  void aFileThatMayNotBeReplacedWaitsForRetryAndNotForTheNextScan() throws IOException {
    Path film = file("film.mkv", "h264");
    scan(root);
    VideoId id = video(film).id();
    Classification refused =
        new Classification(
            FailureStage.POST_PROCESS,
            FailureCategory.FILE_ACCESS,
            "FILE_ACCESS",
            "Operation not permitted",
            Reaction.GIVE_UP);
    VideoClaims claims = new VideoClaims(database);
    VideoOrder order = new VideoOrder(id, VideoOrder.Purpose.ENCODE, Wishes.none());
    RunKey run = new RunKey("video/" + id, "run");
    claims.claim(order, run, holder -> false);
    new FailureList()
        .record(
            new FailureRecord(
                id,
                run.workflowId(),
                run.firstRunId(),
                1,
                refused,
                Evidence.of(EvidenceKind.FILE_OPERATION, "Operation not permitted"),
                0,
                true,
                "give up"));
    claims.finish(order, run, new VideoEnd.Failed(refused));

    scan(root);

    assertThat(video(film).state()).isEqualTo(VideoState.FAILED);
    assertThat(video(film).failureCode()).contains("FILE_ACCESS");
  }

  @Test
  void aFileThatNoScanCanReadIsOneFailureUntilAnotherVerdict() throws IOException {
    Path locked = file("locked.mkv", "locked");
    Path other = file("other.mkv", "locked");
    FailureRepository rows = new FailureRepository(database);
    scan(root);
    List<FailureRow> first = rows.open(video(locked).id());
    WorkRequest again = request(false, root);

    scan(again);
    scan(root);

    assertThat(opened).as("each scan looks again").hasSize(6);
    assertThat(outcomes(again))
        .containsEntry("locked.mkv", "failed: FILE_ACCESS: permission denied");
    assertThat(rows.latest(video(locked).id(), 10)).isEqualTo(first).hasSize(1);
    assertThat(first.getFirst().resolvedAt()).isEmpty();

    Files.writeString(locked, "broken");
    Files.writeString(other, "h264 now");
    scan(root);

    assertThat(rows.open(video(locked).id()))
        .extracting(FailureRow::code)
        .containsExactly("VALIDATION");
    assertThat(rows.latest(video(locked).id(), 10)).hasSize(2);
    assertThat(rows.open(video(other).id())).as("it can be read").isEmpty();
  }

  @Test
  void anUnfitWorkerFailsNoVideo() throws IOException {
    Path a = file("a.mkv", "unfit");
    file("b.mkv", "h264");
    WorkRequest request = request(false, root);
    scanner.walk(request);

    assertThatExceptionOfType(ActivityFailure.class)
        .isThrownBy(() -> scanner.analyseBatch(request))
        .havingCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("TOOL_UNFIT"));
    assertThat(video(a).state()).isEqualTo(VideoState.FOUND);
    assertThat(requests.undecidedCount(request.id())).isLessThanOrEqualTo(2).isPositive();
  }

  @Test
  void aResultNameThatIsTakenIsASkipUntilItIsFree() throws IOException {
    Path avi = file("movie.avi", "h264 avi");
    Path mkv = file("movie.mkv", "av1 mkv");
    scan(root);
    assertThat(video(avi).skipReason()).contains(SkipReason.TARGET_EXISTS);
    Files.delete(mkv);
    opened.clear();

    scan(root);

    assertThat(video(avi).state()).isEqualTo(VideoState.FOUND);
    assertThat(opened).isEmpty();
  }

  @Test
  void keptContentIsNotTakenAgainWhateverItsDate() throws IOException {
    Path a = file("a.mkv", "h264 a");
    scan(root);
    database
        .client()
        .sql("update videos set state = 'skipped', skip_reason = 'kept', kept_hash = sampled_hash")
        .update();
    Files.setLastModifiedTime(a, FileTime.from(OLD.toInstant().plusSeconds(60)));
    WorkRequest request = request(false, root);

    scan(request);

    assertThat(outcomes(request)).containsEntry("a.mkv", "skipped: kept");
    assertThat(videos.requeue(video(a).id())).isTrue();
    WorkRequest retried = request(false, root);
    scan(retried);
    assertThat(outcomes(retried)).containsEntry("a.mkv", "to be started");
  }

  @Test
  void everyContentThatWasPutBackIsKeptThoughAnotherWasPutBackInItsPlaceSince() throws IOException {
    Path film = file("a.mkv", "h264 first");
    scan(root);
    database
        .client()
        .sql(
            """
            with first as (insert into kept_contents (sampled_hash) select sampled_hash from videos)
            update videos set state = 'skipped', skip_reason = 'kept',
              kept_hash = 'of an upgrade that was put back too'
            """)
        .update();
    Files.setLastModifiedTime(film, FileTime.from(OLD.toInstant().plusSeconds(60)));
    WorkRequest measured = request(false, root);

    scan(measured);

    assertThat(outcomes(measured)).containsEntry("a.mkv", "skipped: kept");
    database.client().sql("update videos set state = 'cancelled', skip_reason = null").update();
    WorkRequest known = request(false, root);
    scan(known);
    assertThat(outcomes(known)).as("by its row alone").containsEntry("a.mkv", "skipped: kept");
  }

  @Test
  void aWalkThatIsCutOffGoesOnAfterTheLastWrittenFolder() throws Exception {
    List<Path> folders = List.of(root.resolve("a"), root.resolve("a b"), root.resolve("c"));
    for (Path folder : folders) {
      Files.createDirectories(folder);
      for (int number : IntStream.range(0, 600).toArray()) {
        file(folder.getFileName() + "/" + number + ".mkv", "");
      }
    }
    Path undone = file("Mount/put back.mkv", "h264 put back");
    undone(undone, root.resolve("Mount"));
    WorkRequest request = request(false, root);
    List<WalkCursor> cursors = new ArrayList<>();
    WalkRecorder dying =
        new WalkRecorder(
            database,
            request,
            Duration.ZERO,
            new FollowedLinks(
                new LibraryRepository(database),
                new OtherLibraries(database),
                "default",
                List.of("mkv"),
                false),
            WalkCursor.start(),
            cursor -> {
              cursors.add(cursor);
              if (!cursor.folder().isEmpty()) {
                throw new IllegalStateException("the worker dies here");
              }
            });
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            new FolderWalk(
                    request.root(), List.of("mkv"), WalkCursor.start(), folder -> false, dying)
                .walk(request.scopes()));
    WalkCursor last = cursors.getLast();
    assertThat(last.tally().files()).isBetween(600, 1201);
    Files.delete(root.resolve("a/0.mkv"));

    TestActivityEnvironment next = environment();
    try {
      next.setHeartbeatDetails(last);
      next.registerActivitiesImplementations(scannerOf(0));
      ScanTally tally = next.newActivityStub(LibraryScanActivities.class).walk(request);

      assertThat(tally).isEqualTo(new ScanTally(1801, 0, 1801, 0, 0, 0, 0, 0));
      assertThat(requests.progress(request.id()).orElseThrow().videos()).isEqualTo(1801);
      assertThat(video(undone).skipReason())
          .as("what lies in folders that were passed over is adopted all the same")
          .contains(SkipReason.KEPT);
    } finally {
      next.close();
    }
  }

  @Test
  void aLibraryWhoseMarkerIsGoneOrAnothersIsNotTouched() throws IOException {
    Path a = file("a.mkv", "h264");
    scan(root);
    Path marker = root.resolve(".reencodarr/library.json");
    WorkRequest request = request(false, root);

    new LibraryMarker(library.id(), UUID.randomUUID()).write(root);
    assertMountGone(request);
    Files.delete(marker);
    Files.delete(a);
    assertMountGone(request);
    assertThat(video(a).missingSince()).isEmpty();
  }

  private void assertMountGone(WorkRequest request) {
    assertThatExceptionOfType(ActivityFailure.class)
        .isThrownBy(() -> scanner.walk(request))
        .havingCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("MOUNT_GONE"));
  }

  @Test
  void manyFilesAreDecidedOverSeveralBatches() throws IOException {
    for (int number = 0; number < 2100; number++) {
      file(number + ".mkv", (number % 2 == 0 ? "av1 " : "h264 ") + number);
    }
    WorkRequest request = request(false, root);
    scanner.walk(request);

    assertThat(scanner.analyseBatch(request)).isEqualTo(52);
    assertThat(scanner.analyseBatch(request)).isZero();

    assertThat(requests.progress(request.id()).orElseThrow().results())
        .containsExactly(Map.entry(Result.SKIPPED, 1050));
    assertThat(requests.startableCount(library.id())).isEqualTo(1050);
  }
}
