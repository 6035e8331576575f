package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.JanitorRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.janitor.SettleActivities;
import dev.reencodarr.workflows.janitor.Unsettled;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what is left unfinished of a video, and writes down what became of it. */
public final class SettleLedger implements SettleActivities {

  private final Database database;
  private final JanitorRepository janitor;
  private final ReplacementRepository replacements;

  public SettleLedger(Database database) {
    this.database = database;
    this.janitor = new JanitorRepository(database);
    this.replacements = new ReplacementRepository(database);
  }

  @Override
  public Unsettled find(VideoId video) {
    List<UUID> ids = janitor.unsettled(video);
    List<Replacement> rows = ids.stream().flatMap(id -> replacements.byId(id).stream()).toList();
    Optional<Video> found = new VideoRepository(database).find(video);
    return new Unsettled(
        found.map(this::zone).orElse(""),
        ids,
        rows.stream()
            .filter(row -> row.state() == ReplacementState.INTENDED)
            .map(row -> request(video, row))
            .toList(),
        rows.stream().anyMatch(row -> row.undoIntent().isPresent()),
        replacements.toBeSettled(video),
        found.filter(known -> !known.state().isWork()).map(Video::detail).orElse(""));
  }

  private String zone(Video video) {
    return new LibraryRepository(database)
        .findEvenRemoved(video.library())
        .map(Library::zone)
        .orElse("");
  }

  /** The swap as its workflow has asked for it. */
  private static SwapRequest request(VideoId video, Replacement row) {
    return new SwapRequest(
        video,
        row.attempt(),
        row.libraryRoot(),
        row.source(),
        row.original(),
        row.target(),
        new StagedResult(row.staged(), row.resultSha256(), row.resultBytes()));
  }

  @Override
  public String finish(VideoId video, RunKey run, Unsettled unsettled) {
    VideoEnd end =
        replacements
            .latestCommitted(video)
            .filter(row -> unsettled.replacements().contains(row.id()))
            .flatMap(SettleLedger::endOf)
            .orElseGet(() -> new VideoEnd.NothingToDo(""));
    return written(video, run, end);
  }

  @Override
  public String settled(VideoId video, RunKey run, Unsettled unsettled, Settled settled) {
    return written(
        video,
        run,
        switch (settled) {
          case Settled.InPlace result -> new VideoEnd.Redone(result.path(), result.identity());
          case Settled.Back original -> new VideoEnd.Undone(original.path(), original.identity());
          case Settled.GivenUp _, Settled.Overtaken _ ->
              new VideoEnd.NothingToDo(unsettled.detail());
        });
  }

  @Override
  public void handBack(VideoId video, RunKey run, Unsettled unsettled, String why) {
    String detail =
        unsettled.detail().isEmpty()
            ? "what was begun could not be brought to its end: " + why
            : unsettled.detail();
    written(video, run, new VideoEnd.NothingToDo(detail));
  }

  private String written(VideoId video, RunKey run, VideoEnd end) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          new VideoClaims(database)
              .finish(new VideoOrder(video, VideoOrder.Purpose.UNDO, Wishes.none()), run, end);
          if (end instanceof VideoEnd.Redone) {
            new RequestRepository(database).settleEverywhere(video, Outcome.encoded());
          } else {
            janitor.startAgain(video);
          }
        });
    return switch (end) {
      case VideoEnd.Redone redone -> "the result lies at " + redone.path();
      case VideoEnd.Undone undone -> "the original lies at " + undone.path();
      case VideoEnd.NothingToDo nothing -> "taken back: the original lies at its path";
      case VideoEnd.Encoded _,
          VideoEnd.DeliveredTo _,
          VideoEnd.Skipped _,
          VideoEnd.Measured _,
          VideoEnd.UndoRefused _,
          VideoEnd.Restored _,
          VideoEnd.Released _,
          VideoEnd.Failed _,
          VideoEnd.Cancelled _ ->
          throw new IllegalStateException("no end of a replacement: " + end);
    };
  }

  /** Empty where somebody else's file has come to the path since. */
  private static Optional<VideoEnd> endOf(Replacement row) {
    if (row.state() == ReplacementState.UNDONE) {
      return Optional.of(new VideoEnd.Undone(row.originalPlace(), row.original()));
    }
    Optional<SourceIdentity> result = row.resultIdentity();
    return result.map(identity -> new VideoEnd.Redone(row.resultPlace(), identity));
  }
}
