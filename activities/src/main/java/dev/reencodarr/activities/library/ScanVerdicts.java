package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides about the videos of one request: start it, or settle it here and now. A dry run changes
 * nothing but what is known of the files.
 */
final class ScanVerdicts {

  private final VideoRepository videos;
  private final RequestRepository requests;
  private final WorkRequest request;
  private final Planner planner;
  private final FailureActivities failures;
  private final QualitySettings quality;

  ScanVerdicts(
      Database database,
      WorkRequest request,
      Planner planner,
      FailureActivities failures,
      QualitySettings quality) {
    this.videos = new VideoRepository(database);
    this.requests = new RequestRepository(database);
    this.request = request;
    this.planner = planner;
    this.failures = failures;
    this.quality = quality.with(request.wishes());
  }

  /** A video that was settled before, or that a run is at work on. */
  void known(Video video) {
    if (!video.state().isWork()) {
      settle(video, Outcome.ofSettled(video, request.dryRun()));
    } else if (request.dryRun()) {
      settle(video, Outcome.nothingToDo("a run is at work on it"));
    } else {
      requests.decided(request.id(), video.id());
    }
  }

  /** A file that was measured just now. */
  void measured(Video video, Analysis analysis) {
    switch (analysis) {
      case Analysis.Vanished vanished -> {
        videos.missing(video.id());
        settle(video, Outcome.gone());
      }
      case Analysis.Analysed analysed -> analysed(video, analysed);
    }
  }

  private void analysed(Video seen, Analysis.Analysed analysed) {
    Video video = underOldName(seen, analysed).orElse(seen);
    if (isSettled(video.state())) {
      known(video);
      return;
    }
    decide(video, analysed, videos.storeFactsOfMarked(video.id(), analysed));
  }

  /** A file whose facts are known. */
  void measuredBefore(Video video, Analysis.Analysed analysed) {
    decide(video, analysed, videos.marks(video.id()));
  }

  private void decide(Video video, Analysis.Analysed analysed, VideoRepository.Marks marks) {
    String hash = analysed.file().identity().sampledHash();
    if (marks.encoded().filter(hash::equals).isPresent()) {
      stillEncoded(video);
    } else if (marks.kept().filter(hash::equals).isPresent()) {
      skip(video, SkipReason.KEPT, SkipReason.KEPT.explanation());
    } else {
      plan(video, analysed.file(), analysed.media());
    }
  }

  private static boolean isSettled(VideoState state) {
    return switch (state) {
      case ENCODED, SKIPPED, FAILED -> true;
      case FOUND, ANALYSING, SEARCHING, ENCODING, REPLACING, WAITING, CANCELLED -> false;
    };
  }

  /** A new name whose content was known under a name that is gone: the file was moved. */
  private Optional<Video> underOldName(Video seen, Analysis.Analysed analysed) {
    if (request.dryRun() || seen.sampledHash().isPresent()) {
      return Optional.empty();
    }
    return videos.sameContent(seen.library(), seen.id(), analysed.file().identity()).stream()
        .filter(other -> Files.notExists(path(other), LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .map(old -> {
          videos.moved(
              old.id(),
              seen.id(),
              new SeenFile(seen.path(), seen.size(), seen.mtime(), seen.hardLinks(), false));
          return videos.find(old.id()).orElseThrow();
        });
  }

  private void stillEncoded(Video video) {
    if (!request.dryRun()) {
      videos.stillEncoded(video.id());
    }
    settle(video, Outcome.nothingToDo("encoded before, only its date or name has changed"));
  }

  private void plan(Video video, FileFacts file, MediaFacts media) {
    switch (planner.plan(video.path(), file, media, quality)) {
      case Planned.Skip skip -> skip(video, skip.reason(), skip.detail());
      case Planned.Encode encode when nameIsTaken(video, encode.plan()) ->
          skip(video, SkipReason.TARGET_EXISTS, encode.plan().targetPath() + " is there already");
      case Planned.Encode encode when request.dryRun() ->
          settle(video, Outcome.wouldEncode(description(encode.plan(), media)));
      case Planned.Encode encode -> requests.decided(request.id(), video.id());
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
    return picture + "VMAF " + PlainNumber.text(plan.target());
  }

  private void skip(Video video, SkipReason reason, String detail) {
    if (request.dryRun()) {
      settle(video, Outcome.wouldSkip(reason, detail));
    } else {
      videos.skip(video.id(), reason, detail);
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
      case WAIT_AND_RETRY, TAKE_OVER, STOP_QUEUE -> false;
      case RETRY, NEXT_RUNG -> {
        if (request.dryRun()) {
          settle(video, Outcome.wouldFail(why.message()));
        } else {
          requests.decided(request.id(), video.id());
        }
        yield true;
      }
      case GIVE_UP -> {
        giveUp(video, evidence, why);
        yield true;
      }
    };
  }

  private void giveUp(Video video, Evidence evidence, Classification why) {
    if (request.dryRun()) {
      settle(video, Outcome.wouldFail(why.message()));
      return;
    }
    videos.fail(video.id(), why);
    failures.record(
        new FailureRecord(
            video.id(),
            WorkflowIds.video(video.id()),
            request.id().toString(),
            1,
            why,
            evidence,
            0,
            true));
    settle(video, Outcome.failed(why.code(), why.message()));
  }

  private void settle(Video video, Outcome outcome) {
    requests.settle(request.id(), video.id(), outcome);
  }

  private static Path path(Video video) {
    return Path.of(video.path().value());
  }
}
