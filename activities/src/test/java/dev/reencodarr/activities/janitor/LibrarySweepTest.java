package dev.reencodarr.activities.janitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.LibrarySweepActivities;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real library, with a real database. */
class LibrarySweepTest {

  private static final String RESULT = "0123456789abcdef".repeat(4) + ".result";

  private final Database database = TestDatabase.fresh();
  private final VideoRepository videos = new VideoRepository(database);
  private final Set<VideoId> running = new HashSet<>();
  private final TestActivityEnvironment activity =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .build());

  @TempDir private Path folder;
  private Path root;
  private Library library;
  private LibrarySweepActivities sweep;

  @BeforeEach
  void open() throws Exception {
    root = Files.createDirectories(folder.toRealPath().resolve("films"));
    library =
        new LibraryRepository(database)
            .add("films", new MediaPath(root.toString()), "default", false);
    new LibraryMarker(library.id(), new InstallationRepository(database).id()).write(root);
    activity.registerActivitiesImplementations(
        new LibrarySweep(database, new MarkedLibraries(database), running::contains));
    sweep = activity.newActivityStub(LibrarySweepActivities.class);
  }

  @AfterEach
  void close() {
    activity.close();
  }

  private Video film(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "a film");
    return Rows.video(database, library, file.toString());
  }

  private static Path old(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    return path;
  }

  private static List<String> lines(Swept swept) {
    return swept.findings().stream().map(Finding::line).toList();
  }

  private boolean isMissing(Video video) {
    return videos.find(video.id()).orElseThrow().missingSince().isPresent();
  }

  @Test
  void aFileThatIsGoneIsNotedAndOneThatIsBackToo() throws Exception {
    Video stays = film("a/stays.mkv");
    Video goes = film("a/new\nline 映画 🎬 'q' $(x).mkv");
    Path path = Path.of(goes.path().value());
    Files.delete(path);

    Swept gone = sweep.files(library.id());

    assertThat(isMissing(goes)).isTrue();
    assertThat(isMissing(stays)).isFalse();
    assertThat(lines(gone))
        .singleElement()
        .satisfies(line -> assertThat(line).endsWith(": is not there any more"));
    assertThat(sweep.files(library.id()).count()).as("it is said once").isZero();

    Files.writeString(path, "a film");
    Swept back = sweep.files(library.id());

    assertThat(isMissing(goes)).isFalse();
    assertThat(back.findings()).extracting(Finding::kind).containsExactly(FindingKind.FILE_BACK);
  }

  @Test
  void aResultThatWaitsForAReviewStaysAlsoWhereItsRunIsLost() throws Exception {
    Video held = film("held.mkv");
    Path stage =
        Files.createDirectories(root.resolve(".reencodarr/stage").resolve(held.id().toString()));
    Path result = old(Files.writeString(stage.resolve(RESULT), "a result"));
    old(stage);
    database
        .client()
        .sql(
            """
            insert into held_results (video_id, dot_folder, bytes, result, held_at)
            values (?, ?, 8, '{}', now())
            """)
        .params(held.id().value(), root.resolve(".reencodarr").toString())
        .update();

    sweep.leftovers(library.id(), true);
    assertThat(result).exists();

    videos.cancel(held.id(), "a test");
    sweep.leftovers(library.id(), true);
    assertThat(result).as("nobody wants it any more").doesNotExist();
  }

  @Test
  void aBrokenFileThatIsKeptForNobodyAnyMoreIsTouchedByNobodyAndSaid() throws Exception {
    Video known = film("known.mkv");
    BrokenSourceRepository broken = new BrokenSourceRepository(database);
    broken.found(known.id(), FoundBy.WORK, "it ends early");
    Path ours = Files.createDirectories(root.resolve(".reencodarr/broken/1"));
    broken.keeping(
        broken.latest(known.id()).orElseThrow().id(),
        new MediaPath(ours.resolve("known.mkv").toString()));
    Path forgotten = Files.createDirectories(root.resolve(".reencodarr/broken/77"));
    Path film = Files.writeString(forgotten.resolve("film.mkv"), "broken");

    assertThat(lines(sweep.leftovers(library.id(), false)))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(forgotten.toString(), "place says where"));
    assertThat(film).exists();
  }

  @Test
  void aMountThatIsGoneMakesNoFileLookDeleted() throws Exception {
    Video film = film("film.mkv");
    Files.move(root, folder.resolve("elsewhere"));
    Files.createDirectories(root);

    assertThatThrownBy(() -> sweep.files(library.id())).hasStackTraceContaining("no marker");
    assertThatThrownBy(() -> sweep.leftovers(library.id(), true))
        .hasStackTraceContaining("no marker");

    assertThat(isMissing(film)).isFalse();
  }

  @Test
  void manyFilesAreLookedAtInBatchesAndSomeOfThemSaid() throws Exception {
    videos.see(
        library.id(),
        IntStream.range(0, 1100)
            .mapToObj(number -> Rows.file(root + "/" + number + ".mkv", 1))
            .toList());

    Swept swept = sweep.files(library.id());

    assertThat(swept.count()).isEqualTo(1100);
    assertThat(swept.findings()).hasSize(Swept.SHOWN);
  }

  private Path stageOf(VideoId video, Path mount) throws IOException {
    return Files.createDirectories(mount.resolve(".reencodarr/stage/" + video));
  }

  @Test
  void aStageFolderThatNobodyIsAtWorkOnIsEmptiedOfOurFilesAlone() throws Exception {
    Path nested = Files.createDirectories(root.resolve("a show/Season 1"));
    VideoId video = film("a.mkv").id();
    Path stage = stageOf(video, nested);
    Files.writeString(stage.resolve(RESULT), "a result");
    Files.writeString(stage.resolve(RESULT.replace("result", "part")), "half a result");
    Files.writeString(
        stage.resolve(RESULT.replace(".result", "-" + UUID.randomUUID() + ".part")), "half");
    Files.writeString(stage.resolve("trial-1"), "");
    Path theirs = Files.writeString(stage.resolve("holiday.mkv"), "somebody's film");
    old(stage);
    Path empty = old(stageOf(film("b.mkv").id(), root));
    Path strangers = stageOf(new VideoId(UUID.randomUUID()), root);
    Path result = Files.writeString(strangers.resolve(RESULT), "a result");
    old(strangers);
    Path alien = old(Files.createDirectories(root.resolve(".reencodarr/stage/my results")));

    Swept swept = sweep.leftovers(library.id(), true);

    assertThat(stage).isDirectoryContaining(theirs::equals);
    try (var left = Files.list(stage)) {
      assertThat(left).containsExactly(theirs);
    }
    assertThat(theirs).hasContent("somebody's film");
    assertThat(empty).doesNotExist();
    assertThat(alien).exists();
    assertThat(result).as("of a video that this database does not know").exists();
    assertThat(lines(swept))
        .contains(
            stage.resolve(RESULT) + ": nobody is at work on it: removed",
            theirs + ": is nothing that we stage: left alone",
            strangers
                + ": is of no video of this database, but may be another installation's: left alone",
            alien + ": is not named like a video's stage folder: left alone");
  }

  @Test
  void whatAVideoAtWorkHasStagedStaysAndSoDoesWhatIsYoung() throws Exception {
    VideoId atWork = film("a.mkv").id();
    running.add(atWork);
    Path stage = stageOf(atWork, root);
    Path result = Files.writeString(stage.resolve(RESULT), "a result");
    old(stage);
    Path young = stageOf(film("b.mkv").id(), root).resolve(RESULT);
    Files.writeString(young, "a result");

    assertThat(sweep.leftovers(library.id(), true).count()).isZero();

    assertThat(List.of(result, young)).allMatch(Files::exists);
  }

  @Test
  void whatAnUnfinishedSwapHasStagedStays() throws Exception {
    VideoId video = film("a.mkv").id();
    Path stage = stageOf(video, root);
    Path result = Files.writeString(stage.resolve(RESULT), "a result");
    old(stage);
    replacement(UUID.randomUUID(), video, "intended", false);

    sweep.leftovers(library.id(), true);

    assertThat(result).exists();
  }

  private void replacement(UUID id, VideoId video, String state, boolean quarantined) {
    database
        .client()
        .sql(
            """
            insert into replacements (id, video_id, attempt, epoch, library_root, source_path,
              target_path, staged_path, quarantine_path, way, original_identity, original_bytes,
              result_sha256, result_bytes, state, quarantined)
            values (?, ?, ?, 1, ?, ?, ?, ?, ?, 'exchange', '{}', 1, 'x', 1, ?, ?)
            """)
        .params(
            id,
            video.value(),
            id.toString(),
            root.toString(),
            root + "/a.mkv",
            root + "/a.mkv",
            root + "/.reencodarr/stage/x",
            root + "/.reencodarr/quarantine/" + id,
            state,
            quarantined)
        .update();
  }

  @Test
  void leftoversBesideFilmsGoByTheirExactNamesOnly() throws Exception {
    Path show = Files.createDirectories(root.resolve("a show"));
    UUID id = film("a.mkv").id().value();
    UUID strangers = UUID.randomUUID();
    Path probe = old(Files.createFile(show.resolve(".reencodarr-probe-" + id)));
    Path part = old(Files.writeString(show.resolve(".reencodarr-" + id + ".part"), "half"));
    Path emptied = old(Files.createFile(show.resolve(".reencodarr-probe-" + strangers)));
    Path copied =
        old(Files.writeString(show.resolve(".reencodarr-" + strangers + ".part"), "half"));
    Path ofARun =
        old(
            Files.writeString(
                show.resolve(".reencodarr-" + id + "-" + UUID.randomUUID() + ".part"), "half"));
    Path full = old(Files.writeString(root.resolve(".reencodarr-probe-" + id), "not empty"));
    Path notes = old(Files.writeString(show.resolve(".reencodarr-notes.part"), "mine"));
    Path film = old(Files.writeString(show.resolve("reencodarr-" + id + ".part"), "a film"));

    Swept swept = sweep.leftovers(library.id(), true);

    assertThat(List.of(probe, part, emptied, ofARun)).noneMatch(Files::exists);
    assertThat(List.of(copied, full, notes, film)).allMatch(Files::exists);
    assertThat(swept.findings())
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(
            FindingKind.LEFTOVER,
            FindingKind.LEFTOVER,
            FindingKind.LEFTOVER,
            FindingKind.LEFTOVER,
            FindingKind.UNKNOWN);
  }

  /** Half copies of an undo to another place bear the id of the replacement. */
  @Test
  void halfAnOriginalGoesByItsReplacementUnlessARunIsAtWorkOnItsVideo() throws Exception {
    VideoId idle = film("a.mkv").id();
    VideoId atWork = film("b.mkv").id();
    running.add(atWork);
    Path left = halfOf(replacementOf(idle));
    Path written = halfOf(replacementOf(atWork));
    UUID orphan = UUID.randomUUID();
    replacement(orphan, idle, "done", true);
    database
        .client()
        .sql("update replacements set video_id = null where id = ?")
        .param(orphan)
        .update();
    Path orphaned = halfOf(orphan);
    Path strangers = halfOf(UUID.randomUUID());

    Swept swept = sweep.leftovers(library.id(), true);

    assertThat(left).doesNotExist();
    assertThat(List.of(written, orphaned, strangers)).allMatch(Files::exists);
    assertThat(lines(swept))
        .contains(left + ": nobody is at work on it: removed")
        .anySatisfy(line -> assertThat(line).startsWith(orphaned + ": "))
        .anySatisfy(line -> assertThat(line).startsWith(strangers + ": "))
        .noneSatisfy(line -> assertThat(line).startsWith(written.toString()));
  }

  private UUID replacementOf(VideoId video) {
    UUID id = UUID.randomUUID();
    replacement(id, video, "done", true);
    return id;
  }

  /** It wears the time of the film, however young it is. */
  private Path halfOf(UUID replacement) throws IOException {
    return old(
        Files.writeString(
            root.resolve(".reencodarr-" + replacement + "-" + UUID.randomUUID() + ".part"),
            "half"));
  }

  @Test
  void quarantineThatIsNotUnderstoodIsToldOfAndNeverTouched() throws Exception {
    VideoId video = film("a.mkv").id();
    UUID known = UUID.randomUUID();
    replacement(known, video, "done", true);
    Path inPlace = Files.createDirectories(root.resolve(".reencodarr/quarantine/" + known));
    UUID lost = UUID.randomUUID();
    replacement(lost, video, "done", true);
    Path alien =
        Files.createDirectories(root.resolve(".reencodarr/quarantine/" + UUID.randomUUID()));
    Path original = old(Files.writeString(alien.resolve("film.mkv"), "an original"));
    Files.writeString(alien.resolve("manifest.json"), "{\"source\":\"/films/film.mkv\"}");
    old(alien);

    Swept swept = sweep.leftovers(library.id(), false);

    assertThat(original).hasContent("an original");
    assertThat(inPlace).exists();
    assertThat(swept.findings())
        .hasSize(2)
        .allMatch(finding -> finding.kind() == FindingKind.QUARANTINE);
    assertThat(lines(swept))
        .anyMatch(line ->
            line.startsWith(alien + " has no row: it has no manifest that can be read")
                && line.endsWith("left alone; it can be put back by hand"))
        .anyMatch(line -> line.startsWith("replacement " + lost) && line.endsWith("not there"));
  }

  @Test
  void anUndoThatOnlyTheDiskKnowsIsAdoptedAndSaidOnce() throws Exception {
    Video film = film("Season 1/a 映画 'q'.mkv");
    Path file = Path.of(film.path().value());
    UUID id = UUID.randomUUID();
    Path kept = quarantined(id, film, "a result");

    Swept swept = sweep.leftovers(library.id(), true);

    assertThat(lines(swept))
        .containsExactly(
            kept
                + " was undone without the database: adopted: the original lies at "
                + file
                + " and is left alone until retry");
    assertThat(videos.find(film.id()).orElseThrow().skipReason()).contains(SkipReason.KEPT);
    assertThat(sweep.leftovers(library.id(), true).count()).isZero();
    assertThat(file).hasContent("a film");
    assertThat(kept.resolve(file.getFileName())).hasContent("a result");
  }

  /** The result of a film that was put back, in quarantine. */
  private Path quarantined(UUID id, Video film, String result) throws IOException {
    Path folder = Files.createDirectories(root.resolve(".reencodarr/quarantine/" + id));
    Path file = Path.of(film.path().value());
    Files.writeString(folder.resolve(file.getFileName()), result);
    Files.writeString(
        folder.resolve("manifest.json"),
        Payloads.mapper()
            .writeValueAsString(
                Map.of(
                    "version", 1,
                    "replacement", id,
                    "video", film.id(),
                    "libraryRoot", root.toString(),
                    "source", file.toString(),
                    "target", file.toString(),
                    "original", FileIdentity.of(file),
                    "resultSha256", sha256(result),
                    "resultBytes", result.length(),
                    "folder", folder.toString())));
    return folder;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ourFolderOfAnotherInstallationInsideTheLibraryIsLeftAlone() throws Exception {
    Path mount = Files.createDirectories(root.resolve("their mount"));
    UUID stranger = UUID.randomUUID();
    new LibraryMarker(new LibraryId(UUID.randomUUID()), stranger).write(mount);
    // below, a mount of theirs has a folder without a marker, and a copy of our database
    VideoId video = film("a.mkv").id();
    Path deeper = stageOf(video, Files.createDirectories(mount.resolve("a disk")));
    Path deep = Files.writeString(deeper.resolve(RESULT), "their other result");
    old(deeper);
    Path stage = stageOf(video, mount);
    Path result = Files.writeString(stage.resolve(RESULT), "their result");
    old(stage);
    Path garbled = Files.createDirectories(root.resolve("garbled/.reencodarr"));
    Files.writeString(garbled.resolve("library.json"), "{");

    Swept swept = sweep.leftovers(library.id(), true);

    assertThat(result).hasContent("their result");
    assertThat(deep).hasContent("their other result");
    assertThat(lines(swept))
        .hasSize(2)
        .contains(mount + ": belongs to another installation (" + stranger + "): left alone")
        .anyMatch(
            line -> line.startsWith(garbled.getParent() + ": may be somebody else's library"));
  }
}
