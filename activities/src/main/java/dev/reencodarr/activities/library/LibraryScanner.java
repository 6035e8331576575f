package dev.reencodarr.activities.library;

import dev.reencodarr.activities.broken.BrokenSources;
import dev.reencodarr.activities.failure.SecretFree;
import dev.reencodarr.activities.replace.Adopted;
import dev.reencodarr.activities.replace.Adoption;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.library.LibraryScanActivities;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Settings;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through libraries: walks folders, measures what is new, decides what is to be started. */
public final class LibraryScanner implements LibraryScanActivities {

  private static final Logger log = LoggerFactory.getLogger(LibraryScanner.class);

  /** More than are measured in one round: a batch ends by time, and cores run dry at its end. */
  private static final int BATCH = 2048;

  private final Database database;
  private final LibraryRepository libraries;
  private final OtherLibraries others;
  private final VideoRepository videos;
  private final RequestRepository requests;
  private final MarkedLibraries marked;
  private final Adoption adoption;
  private final FileAnalyser analyser;
  private final RulesInForce rules;
  private final FailureActivities failures;
  private final BrokenSources broken;
  private final BiFunction<FailureStage, Evidence, Classification> judge;
  private final Settings settings;
  private final int analyses;

  /**
   * @param marked tells whether a library is there
   * @param adoption takes over what only the disk knows
   * @param judge the table of failures
   * @param rules what becomes of each file
   * @param settings of this worker: what files are taken
   * @param cores of this machine
   */
  public LibraryScanner(
      Database database,
      MarkedLibraries marked,
      Adoption adoption,
      FileAnalyser analyser,
      RulesInForce rules,
      FailureActivities failures,
      BiFunction<FailureStage, Evidence, Classification> judge,
      Settings settings,
      int cores) {
    this.database = database;
    this.libraries = new LibraryRepository(database);
    this.others = new OtherLibraries(database);
    this.videos = new VideoRepository(database);
    this.requests = new RequestRepository(database);
    this.marked = marked;
    this.adoption = adoption;
    this.analyser = analyser;
    this.rules = rules;
    this.failures = failures;
    this.broken = new BrokenSources(database, rules);
    this.judge = judge;
    this.settings = settings;
    this.analyses = settings.cores().on(cores).analyses();
  }

  @Override
  public ScanTally walk(WorkRequest request) {
    requireOurs(request);
    // an order that a backup of the database is too old for is written down again
    requests.create(request);
    ActivityExecutionContext context = Activity.getExecutionContext();
    WalkCursor from =
        context.getLastHeartbeatDetails(WalkCursor.class).orElseGet(WalkCursor::start);
    WalkRecorder recorder =
        new WalkRecorder(
            database,
            request,
            Duration.ofSeconds(
                request.scheduled()
                    ? settings.intake().scheduledStillSeconds()
                    : settings.intake().stillSeconds()),
            new FollowedLinks(
                libraries,
                others,
                request.zone(),
                settings.intake().videoExtensions(),
                settings.intake().followsSymlinks()),
            from,
            context::heartbeat);
    new FolderWalk(
            request.root(),
            settings.intake().videoExtensions(),
            from,
            folder -> others.ownerOf(folder, request.library()).isPresent(),
            recorder)
        .walk(request.scopes());
    ScanTally tally = finish(recorder);
    // A mount that went away during the walk must not make its files look deleted.
    Library library = requireOurs(request);
    noteMissing(request);
    adopt(library, ownFolders(request, recorder), bytes -> context.heartbeat(recorder.cursor()));
    requests.settleKnown(request.id(), request.dryRun());
    return tally;
  }

  private static ScanTally finish(WalkRecorder recorder) {
    try {
      return recorder.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stops in the middle of a walk");
    }
  }

  private void noteMissing(WorkRequest request) {
    for (MediaPath scope : FolderWalk.withoutNested(request.scopes())) {
      for (Video video : videos.unseen(request.library(), scope, request.id())) {
        if (Files.notExists(Path.of(video.path().value()), LinkOption.NOFOLLOW_LINKS)) {
          videos.missing(video.id());
        }
      }
    }
  }

  /** The root must carry our marker: else its mount is gone, or it is another installation's. */
  private Library requireOurs(WorkRequest request) {
    Library library =
        libraries
            .find(request.library())
            .orElseThrow(() ->
                Faults.of(
                    EvidenceKind.UNEXPECTED,
                    "library " + request.library() + " is not known any more"));
    marked.require(library);
    return library;
  }

  /** Those that the walk has come by, and those that serve the files that it was asked for. */
  private static Set<Path> ownFolders(WorkRequest request, WalkRecorder recorder) {
    Set<Path> folders = new LinkedHashSet<>(recorder.ownFolders());
    Path root = Path.of(request.root().value());
    for (MediaPath scope : request.scopes()) {
      for (Path folder = Path.of(scope.value());
          folder != null && folder.startsWith(root);
          folder = folder.getParent()) {
        folders.add(folder.resolve(LibraryMarker.FOLDER));
      }
    }
    return folders;
  }

  /**
   * What the disk knows better than the rows comes before any verdict: an undo that a backup is too
   * old for must not be taken for a new file.
   */
  private void adopt(Library library, Set<Path> ownFolders, LongConsumer progress) {
    if (library.readOnly()) {
      return;
    }
    for (Path folder : ownFolders) {
      for (Adopted adopted : adoption.in(library, folder, Adoption.Search.KNOWN_FILES, progress)) {
        log.info("{}", adopted.toString().replaceAll("\\p{Cntrl}", "?"));
      }
    }
  }

  @Override
  public int analyseBatch(WorkRequest request) {
    requireOurs(request);
    ScanVerdicts verdicts = new ScanVerdicts(database, request, rules.current(), failures, broken);
    List<Video> unmeasured = new ArrayList<>();
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          for (Video video : requests.undecided(request.id(), BATCH)) {
            if (!decide(verdicts, video)) {
              unmeasured.add(video);
            }
          }
          verdicts.write();
        });
    new ParallelAnalysis(database, analyser, judge, verdicts, analyses).run(unmeasured);
    return requests.undecidedCount(request.id());
  }

  /** Decides without opening the file; false where that cannot be done. */
  private boolean decide(ScanVerdicts verdicts, Video video) {
    if (video.state() != VideoState.FOUND && video.state() != VideoState.CANCELLED) {
      verdicts.known(video);
      return true;
    }
    // Without a hash nothing was ever measured of it: not worth a question for each new file.
    Optional<Analysis.Analysed> facts =
        video.sampledHash().isEmpty() ? Optional.empty() : videos.facts(video.id());
    facts.ifPresent(analysed -> verdicts.measuredBefore(video, analysed));
    return facts.isPresent();
  }

  /** The evidence that a fault over a file is, without secrets: a row tells of it. */
  static Evidence evidence(RuntimeException fault, MediaPath file) {
    return Optional.of(Faults.evident(fault))
        .filter(ApplicationFailure.class::isInstance)
        .map(ApplicationFailure.class::cast)
        .map(failure -> Faults.knowing(failure, Map.of(Evidence.SOURCE, file.value())))
        .flatMap(Faults::evidence)
        .map(SecretFree::of)
        .orElseGet(() -> Evidence.of(EvidenceKind.UNEXPECTED, fault.toString()));
  }
}
