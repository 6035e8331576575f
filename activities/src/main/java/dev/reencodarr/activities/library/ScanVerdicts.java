package dev.reencodarr.activities.library;

import dev.reencodarr.activities.broken.BrokenSources;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.rules.FileSettings;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about the videos of one request: start it, or settle it here and now. A dry run changes
 * nothing but what is known of the files. Verdicts are written all at once, by {@link #write}, in
 * the transaction that they were made in.
 */
final class ScanVerdicts {

  private final VideoRepository videos;
  private final RequestRepository requests;
  private final FailureRepository known;
  private final WorkRequest request;
  private final VideoRules rules;
  private final ManagedFacts managed;
  private final FailureActivities failures;
  private final BrokenSources broken;
  private final Map<VideoId, Skip> skips = new LinkedHashMap<>();
  private final Map<VideoId, Outcome> outcomes = new LinkedHashMap<>();
  private final Map<VideoId, String> decisions = new LinkedHashMap<>();
  private final Map<VideoId, Integer> toStart = new LinkedHashMap<>();

  ScanVerdicts(
      Database database,
      WorkRequest request,
      VideoRules rules,
      FailureActivities failures,
      BrokenSources broken) {
    this.videos = new VideoRepository(database);
    this.requests = new RequestRepository(database);
    this.known = new FailureRepository(database);
    this.request = request;
    this.rules = rules;
    this.managed = new ManagedFacts(database);
    this.failures = failures;
    this.broken = broken;
  }

  /** Writes what was decided since the last time. */
  void write() {
    if (!decisions.isEmpty()) {
      videos.decided(decisions);
    }
    if (!skips.isEmpty()) {
      videos.skip(skips);
    }
    if (!outcomes.isEmpty()) {
      requests.settle(request.id(), outcomes);
    }
    if (!toStart.isEmpty()) {
      requests.decided(request.id(), toStart);
    }
    decisions.clear();
    skips.clear();
    outcomes.clear();
    toStart.clear();
  }

  /** A video that was settled before, or that a run is at work on. */
  void known(Video video) {
    if (!video.state().isWork()) {
      settle(video, Outcome.ofSettled(video, request.dryRun()));
    } else if (request.dryRun()) {
      settle(video, Outcome.nothingToDo("a run is at work on it"));
    } else {
      toStart.put(video.id(), request.wishes().priority());
    }
  }

  /** Files that were measured just now. */
  void measured(Map<Video, Analysis> measured) {
    Map<Video, Analysis.Analysed> there = new LinkedHashMap<>();
    measured.forEach((video, analysis) -> {
      switch (analysis) {
        case Analysis.Vanished vanished -> {
          videos.missing(video.id());
          settle(video, Outcome.gone());
        }
        case Analysis.Analysed analysed -> there.put(video, analysed);
        case Analysis.Settled settled ->
            throw new IllegalStateException("told to a video's own workflow alone: " + settled);
      }
    });
    analysed(underOldNames(there));
  }

  private void analysed(Map<Video, Analysis.Analysed> measured) {
    Map<VideoId, Analysis.Analysed> facts = new LinkedHashMap<>();
    measured.forEach((video, analysed) -> {
      if (isSettled(video.state())) {
        known(video);
      } else {
        facts.put(video.id(), analysed);
      }
    });
    if (facts.isEmpty()) {
      return;
    }
    Map<VideoId, VideoRepository.Marks> marks = videos.storeFacts(facts);
    Map<MediaPath, Managed> titles =
        managed.of(measured.keySet().stream().map(Video::path).toList());
    measured.forEach((video, analysed) -> {
      if (facts.containsKey(video.id())) {
        decide(
            video,
            analysed,
            titles.getOrDefault(video.path(), Managed.NOBODY),
            marks.getOrDefault(video.id(), VideoRepository.Marks.NONE));
      }
    });
  }

  /** A file whose facts are known. */
  void measuredBefore(Video video, Analysis.Analysed analysed) {
    decide(video, analysed, managed.of(video.path()), videos.marks(video.id()));
  }

  private void decide(
      Video video, Analysis.Analysed analysed, Managed title, VideoRepository.Marks marks) {
    String hash = analysed.file().identity().sampledHash();
    if (marks.encoded().filter(hash::equals).isPresent()) {
      stillEncoded(video);
    } else if (marks.kept().filter(hash::equals).isPresent()) {
      skip(video, SkipReason.KEPT, SkipReason.KEPT.explanation());
    } else {
      plan(video, analysed.file(), analysed.media(), title);
    }
  }

  private static boolean isSettled(VideoState state) {
    return switch (state) {
      case ENCODED, SKIPPED, FAILED -> true;
      case FOUND, ANALYSING, SEARCHING, ENCODING, REPLACING, WAITING, CANCELLED -> false;
    };
  }

  /** New names whose content was known under a name that is gone: those files were moved. */
  private Map<Video, Analysis.Analysed> underOldNames(Map<Video, Analysis.Analysed> measured) {
    Map<VideoId, SourceIdentity> newcomers = new LinkedHashMap<>();
    if (!request.dryRun()) {
      measured.forEach((video, analysed) -> {
        if (video.sampledHash().isEmpty()) {
          newcomers.put(video.id(), analysed.file().identity());
        }
      });
    }
    if (newcomers.isEmpty()) {
      return measured;
    }
    Map<VideoId, List<Video>> same = videos.sameContent(request.library(), newcomers);
    Set<VideoId> taken = new HashSet<>();
    Map<Video, Analysis.Analysed> named = new LinkedHashMap<>();
    measured.forEach((seen, analysed) -> {
      Optional<Video> old =
          same.getOrDefault(seen.id(), List.of()).stream()
              .filter(other -> !taken.contains(other.id()))
              .filter(other -> Files.notExists(path(other), LinkOption.NOFOLLOW_LINKS))
              .findFirst();
      old.ifPresent(video -> taken.add(video.id()));
      named.put(old.map(video -> moved(video, seen)).orElse(seen), analysed);
    });
    return named;
  }

  private Video moved(Video old, Video seen) {
    videos.moved(
        old.id(),
        seen.id(),
        new SeenFile(seen.path(), seen.size(), seen.mtime(), seen.hardLinks(), false));
    return videos.find(old.id()).orElseThrow();
  }

  private void stillEncoded(Video video) {
    if (!request.dryRun()) {
      videos.stillEncoded(video.id());
    }
    settle(video, Outcome.nothingToDo("encoded before, only its date or name has changed"));
  }

  private void plan(Video video, FileFacts file, MediaFacts media, Managed title) {
    RuledFile ruled =
        new RuledFile(video.path(), video.libraryName(), file, media, title, Instant.now());
    VideoRules.Decided decided = rules.decide(ruled, request.wishes());
    if (!request.dryRun()) {
      decisions.put(video.id(), decided.line());
    }
    FileSettings settings = decided.settings();
    switch (settings.plan(video.path(), file, media)) {
      case Planned.Skip skip -> skip(video, skip.reason(), skip.detail());
      case Planned.Encode encode when nameIsTaken(video, encode.plan()) ->
          skip(video, SkipReason.TARGET_EXISTS, encode.plan().targetPath() + " is there already");
      case Planned.Encode encode when request.dryRun() ->
          settle(video, Outcome.wouldEncode(description(encode.plan(), media)));
      case Planned.Encode encode -> toStart.put(video.id(), settings.priority().value());
    }
  }

  private boolean nameIsTaken(Video video, EncodePlan plan) {
    return request.wishes().outputRoot().isEmpty()
        && !plan.targetPath().equals(video.path())
        && Files.exists(Path.of(plan.targetPath().value()), LinkOption.NOFOLLOW_LINKS);
  }

  private static String description(EncodePlan plan, MediaFacts media) {
    String picture =
        media
            .mainVideo()
            .map(video -> video.codec() + " " + video.width() + "x" + video.height() + ", ")
            .orElse("");
    return picture + plan.quality().scoring().metric().textOfTarget(plan.target());
  }

  private void skip(Video video, SkipReason reason, String detail) {
    if (request.dryRun()) {
      settle(video, Outcome.wouldSkip(reason, detail));
    } else {
      skips.put(video.id(), new Skip(reason, detail));
      settle(video, Outcome.skipped(reason));
    }
  }

  /**
   * A file that could not be analysed. What only time or another machine may cure is left to the
   * video's own workflow, which tries again.
   *
   * @return false if the fault is this worker's: the file is not to blame
   */
  boolean failed(Video video, Evidence evidence, Classification why) {
    return switch (why.reaction()) {
      case WAIT_AND_RETRY, TAKE_OVER, STOP_QUEUE, NEXT_ENCODER -> false;
      case RETRY, HALVE_THREADS, NEXT_RUNG -> {
        if (request.dryRun()) {
          settle(video, Outcome.wouldFail(why.message()));
        } else {
          toStart.put(video.id(), request.wishes().priority());
        }
        yield true;
      }
      case GIVE_UP -> {
        giveUp(video, evidence, why);
        yield true;
      }
    };
  }

  /** However many scans find the same, it is one failure. */
  private void giveUp(Video video, Evidence evidence, Classification why) {
    if (request.dryRun()) {
      settle(video, Outcome.wouldFail(why.message()));
      return;
    }
    videos.fail(video.id(), why);
    if (!known.saysTheSame(video.id(), why)) {
      failures.record(
          new FailureRecord(
              video.id(),
              WorkflowIds.video(video.id()),
              request.id().toString(),
              1,
              why,
              evidence,
              0,
              true,
              new Decision.GiveUp().words()));
    }
    if (why.isOfABrokenSource()) {
      broken.found(video.id(), FoundBy.WORK, why.message());
    }
    settle(video, Outcome.failed(why.code(), why.message()));
  }

  private void settle(Video video, Outcome outcome) {
    outcomes.put(video.id(), outcome);
  }

  private static Path path(Video video) {
    return Path.of(video.path().value());
  }
}
