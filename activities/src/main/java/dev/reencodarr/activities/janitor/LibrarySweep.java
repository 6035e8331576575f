package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.replace.Adoption;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.LibrarySweepActivities;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The files of a library, and what we have left between them. */
public final class LibrarySweep implements LibrarySweepActivities {

  private static final int BATCH = 1000;

  private final JanitorRepository janitor;
  private final LibraryRepository libraries;
  private final MarkedLibraries marked;
  private final OtherLibraries others;
  private final VideoRepository videos;
  private final ReplacementRepository replacements;
  private final HeldResultRepository held;
  private final BrokenSourceRepository broken;
  private final Adoption adoption;
  private final VideoRuns runs;

  public LibrarySweep(Database database, MarkedLibraries marked, WorkflowClient client) {
    this(database, marked, VideoRuns.of(new WorkflowRuns(client)));
  }

  LibrarySweep(Database database, MarkedLibraries marked, VideoRuns runs) {
    this.janitor = new JanitorRepository(database);
    this.libraries = new LibraryRepository(database);
    this.marked = marked;
    this.others = new OtherLibraries(database);
    this.videos = new VideoRepository(database);
    this.replacements = new ReplacementRepository(database);
    this.held = new HeldResultRepository(database);
    this.broken = new BrokenSourceRepository(database);
    this.adoption = new Adoption(database, runs::isRunning);
    this.runs = runs;
  }

  /**
   * How far the look after files has come; the details of its heartbeat.
   *
   * @param after path of the last file that was looked at
   */
  public record Cursor(String after, Swept swept) {}

  @Override
  public Swept files(LibraryId id) {
    Optional<Library> library = libraries.find(id);
    if (library.isEmpty()) {
      return Swept.nothing();
    }
    marked.require(library.get());
    ActivityExecutionContext context = Activity.getExecutionContext();
    Cursor from =
        context
            .getLastHeartbeatDetails(Cursor.class)
            .orElseGet(() -> new Cursor("", Swept.nothing()));
    Findings findings = new Findings();
    findings.addAll(from.swept());
    String after = from.after();
    List<JanitorRepository.Place> batch = janitor.places(id, after, BATCH);
    while (!batch.isEmpty()) {
      note(batch, library.get(), findings);
      after = batch.getLast().path().value();
      context.heartbeat(new Cursor(after, findings.swept()));
      batch = janitor.places(id, after, BATCH);
    }
    return findings.swept();
  }

  private void note(List<JanitorRepository.Place> batch, Library library, Findings findings) {
    List<JanitorRepository.Place> gone = new ArrayList<>();
    List<JanitorRepository.Place> back = new ArrayList<>();
    for (JanitorRepository.Place place : batch) {
      Path file = Path.of(place.path().value());
      if (!place.missing() && Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        gone.add(place);
      } else if (place.missing() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        back.add(place);
      }
    }
    // A mount that went away meanwhile must not make its files look deleted.
    marked.require(library);
    janitor.gone(gone.stream().map(JanitorRepository.Place::video).toList());
    gone.forEach(
        place -> findings.add(FindingKind.FILE_GONE, place.path() + ": is not there any more"));
    janitor.back(back.stream().map(JanitorRepository.Place::video).toList());
    back.forEach(place -> findings.add(FindingKind.FILE_BACK, place.path() + ": is there again"));
  }

  @Override
  public Swept leftovers(LibraryId id, boolean whole) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return leftovers(id, whole, context::heartbeat);
  }

  private Swept leftovers(LibraryId id, boolean whole, Consumer<String> heartbeat) {
    Optional<Library> library = libraries.find(id).filter(it -> !it.readOnly());
    if (library.isEmpty()) {
      return Swept.nothing();
    }
    marked.require(library.get());
    Findings findings = new Findings();
    Path root = Path.of(library.get().root().value());
    List<JanitorRepository.QuarantineFolder> rows = janitor.quarantineFolders(library.get().root());
    OwnFolderSweep sweep =
        new OwnFolderSweep(
            new Leftovers(
                runs,
                video -> videos.find(video).isPresent(),
                replacements::videoOf,
                neededStages(),
                findings),
            folder ->
                adoption.in(
                    library.get(),
                    folder,
                    whole ? Adoption.Search.WHOLE_LIBRARY : Adoption.Search.KNOWN_FILES,
                    bytes -> heartbeat.accept(folder + ", byte " + bytes)),
            mount -> others.ownerOf(mount, id),
            kept -> broken.keeps(new MediaPath(kept.toString())),
            findings);
    try {
      if (whole) {
        new OwnFolderWalk(root, heartbeat).walk(sweep);
      } else {
        sweep.ownFolder(root.resolve(OwnFolderWalk.NAME));
      }
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.INFRASTRUCTURE, root + " cannot be swept: " + e);
    }
    quarantineIsThere(rows, findings);
    marked.require(library.get());
    return findings.swept();
  }

  /** Of swaps that were begun, and of results that wait for a review. */
  private Set<VideoId> neededStages() {
    Set<VideoId> needed = new HashSet<>(janitor.unsettledVideos());
    needed.addAll(held.videos());
    return needed;
  }

  private static void quarantineIsThere(
      List<JanitorRepository.QuarantineFolder> rows, Findings findings) {
    for (JanitorRepository.QuarantineFolder row : rows) {
      if (row.full() && Files.notExists(Path.of(row.folder().value()))) {
        findings.add(
            FindingKind.QUARANTINE,
            "replacement "
                + row.replacement()
                + " of "
                + row.file()
                + " is to have a file in quarantine, and its folder is not there");
      }
    }
  }
}
