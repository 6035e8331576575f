package dev.reencodarr.activities.store;

import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoOrder.Purpose;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What a run of a video's workflow writes to the video's row. A run writes only while the row is
 * its own, and never backwards, so that late duplicates and lost runs change nothing.
 */
public final class VideoClaims {

  /** The step of a finished run: no later step can follow it. */
  static final int FINISHED = Integer.MAX_VALUE;

  private static final String FIGURES =
      """
      encoder = :encoder, preset = :preset, crf = :crf, vmaf_target = :target, vmaf_score = :score,
      encoded_seconds = :seconds, probes = :probes, known_probes = :known,
      metric = :metric, checked_score = :checked, checked_by = :by,
      corrected_from = :corrected, first_score = :first, unscaled_score = :unscaled
      """;

  private static final String FORGET_ENCODE =
      """
      original_size = null, other_names = 0, original_codec = null, encoder = null, preset = null, crf = null,
      vmaf_target = null, vmaf_score = null, encoded_seconds = null, probes = null,
      known_probes = null, metric = null, checked_score = null, checked_by = null,
      corrected_from = null, first_score = null, unscaled_score = null
      """;

  /** An undo comes to its replacement from no step, and has nothing behind it. */
  private static final String ENTER =
      """
      with entered as (
        update videos v set state = :state, detail = :detail, step = :step, updated_at = now()
        from videos before
        where v.id = :id and before.id = v.id and v.claimed_by = :run and v.step < :step
          and v.state in (:before)
        returning v.id, before.state as came_from),
      written as (select id from entered where came_from in (:work)),
      resolved as (
      """
          + FailureRepository.RESOLVE_OF_WRITTEN
          + """
            and f.failure_stage = any (string_to_array(:succeeded, ',')))
          select count(*) from entered
          """;

  private static final List<String> WORK = VideoState.codesOfWork();

  private final Database database;

  public VideoClaims(Database database) {
    this.database = database;
  }

  private record Held(
      VideoState state,
      String detail,
      Optional<RunKey> holder,
      int step,
      Optional<VideoState> claimedFrom) {

    boolean finished() {
      return holder.isEmpty() || step == FINISHED;
    }

    boolean isOf(RunKey run) {
      return holder.filter(run::equals).isPresent();
    }

    /** The state that counts: a run that died in the middle leaves what it found. */
    VideoState settledState() {
      return state.isWork() ? claimedFrom.orElse(VideoState.FOUND) : state;
    }
  }

  /**
   * Takes the video for a run. Taking it twice for the same run is the same as once.
   *
   * @param isDead whether a holder is known to have ended, so that its hold does not count
   */
  public Claimed claim(VideoOrder order, RunKey run, Predicate<RunKey> isDead) {
    return database.transactions().<Claimed>execute(transaction -> claimLocked(order, run, isDead));
  }

  private Claimed claimLocked(VideoOrder order, RunKey run, Predicate<RunKey> isDead) {
    Optional<Held> row = lock(order.video());
    if (row.isEmpty()) {
      return new Claimed.Settled("the video is not known any more");
    }
    Held held = row.get();
    if (held.isOf(run)) {
      return held.finished() ? new Claimed.Settled("this run has finished") : taken(order);
    }
    if (!held.finished() && held.holder().filter(isDead).isEmpty()) {
      return new Claimed.Held(held.holder().orElseThrow());
    }
    VideoState state = held.settledState();
    Optional<String> refusal =
        order.isRequested() ? refusal(state).or(() -> beingGot(order.video())) : Optional.empty();
    if (refusal.isPresent()) {
      if (!held.finished()) {
        restore(order.video(), state);
      }
      return new Claimed.Settled(refusal.get());
    }
    database
        .client()
        .sql(
            """
            update videos set state = :state, claimed_by = :run, step = 0, claimed_from = :state,
              updated_at = now()
            where id = :id
            """)
        .param("id", order.video().value())
        .param("run", run.line())
        .param("state", state.code())
        .update();
    return taken(order);
  }

  private Optional<String> beingGot(VideoId video) {
    return new BrokenSourceRepository(database).isBeingGot(video)
        ? Optional.of("it is broken, and another copy of it is being got")
        : Optional.empty();
  }

  private static Optional<String> refusal(VideoState state) {
    return switch (state) {
      case ENCODED -> Optional.of("encoded before, unchanged since");
      case SKIPPED -> Optional.of("skipped before, unchanged since");
      case FOUND, FAILED, CANCELLED, ANALYSING, SEARCHING, ENCODING, REPLACING, WAITING ->
          Optional.empty();
    };
  }

  /** Takes the traces of a dead run away. */
  private void restore(VideoId id, VideoState state) {
    database
        .client()
        .sql(
            """
            update videos set state = :state, step = :finished, updated_at = now()
            where id = :id
            """)
        .param("id", id.value())
        .param("state", state.code())
        .param("finished", FINISHED)
        .update();
  }

  private Claimed taken(VideoOrder order) {
    Video video = new VideoRepository(database).find(order.video()).orElseThrow();
    LibraryRepository libraries = new LibraryRepository(database);
    // what was replaced is undone and let go also when its library is not worked on any more
    return (order.isRequested()
            ? libraries.find(video.library())
            : libraries.findEvenRemoved(video.library()))
        .<Claimed>map(library -> new Claimed.Taken(video, library, toBeSettled(order)))
        .orElseGet(() -> new Claimed.Settled("its library was removed"));
  }

  /** Whoever undoes or lets go names what it is about. */
  private List<UUID> toBeSettled(VideoOrder order) {
    return order.purpose() == Purpose.ENCODE
        ? new ReplacementRepository(database).toBeSettled(order.video())
        : List.of();
  }

  private Optional<Held> lock(VideoId id) {
    return database
        .client()
        .sql(
            """
            select state, detail, claimed_by, step, claimed_from from videos
            where id = :id for update
            """)
        .param("id", id.value())
        .query((row, number) ->
            new Held(
                VideoState.parse(row.getString("state")),
                row.getString("detail"),
                VideoRow.text(row, "claimed_by").map(VideoClaims::run),
                row.getInt("step"),
                VideoRow.text(row, "claimed_from").map(VideoState::parse)))
        .optional();
  }

  private static RunKey run(String line) {
    int hash = line.lastIndexOf('#');
    return new RunKey(line.substring(0, hash), line.substring(hash + 1));
  }

  /**
   * Writes a state of the run's way. With a step the ones before it have succeeded: their failures
   * are resolved, whichever run has met them.
   *
   * @return false if the change came late, the row is not the run's, or the state cannot follow
   */
  public boolean enter(StateChange change) {
    List<String> before =
        Arrays.stream(VideoState.values())
            .filter(state -> state.mayBecome(change.state()))
            .map(VideoState::code)
            .toList();
    List<String> succeeded = stagesBefore(change.state()).stream().map(FailureStage::code).toList();
    return database
            .client()
            .sql(ENTER)
            .param("id", change.video().value())
            .param("run", change.run().line())
            .param("step", change.step())
            .param("state", change.state().code())
            .param("detail", change.detail())
            .param("before", before)
            .param("work", WORK)
            .param("succeeded", String.join(",", succeeded))
            .query(Integer.class)
            .single()
        > 0;
  }

  /** What a video has behind it that comes to a state; nothing of it where the state is no step. */
  private static Set<FailureStage> stagesBefore(VideoState state) {
    return switch (state) {
      case SEARCHING -> EnumSet.of(FailureStage.ANALYSIS);
      case ENCODING -> EnumSet.of(FailureStage.ANALYSIS, FailureStage.CRF_SEARCH);
      case REPLACING -> EnumSet.complementOf(EnumSet.of(FailureStage.POST_PROCESS));
      case FOUND, ANALYSING, WAITING, ENCODED, SKIPPED, FAILED, CANCELLED -> Set.of();
    };
  }

  /**
   * Writes how the pass ended, and settles the video in the requests that started it. A second call
   * for the same run changes nothing, and neither does a run that has lost the row.
   */
  public void finish(VideoOrder order, RunKey run, VideoEnd end) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          Optional<Held> row = lock(order.video());
          if (row.isEmpty()) {
            return;
          }
          Held held = row.get();
          if (held.isOf(run) && !held.finished()) {
            write(order, held, end);
            if (order.purpose() == Purpose.ENCODE && order.wishes().outputRoot().isEmpty()) {
              forgetHeld(order.video(), end);
            }
            if (leavesNothingOpen(held, end)) {
              new FailureRepository(database).resolveAll(order.video());
            }
          } else if (!held.finished()) {
            return;
          }
          if (order.isRequested()) {
            settle(order.video(), Outcome.of(end));
            // What was paused was this work; the next order is not held up by it.
            new PauseRepository(database).resume(new PauseScope.OfVideo(order.video()));
          }
        });
  }

  /** What a video that has failed has held is taken up again once it is retried. */
  private void forgetHeld(VideoId video, VideoEnd end) {
    HeldResultRepository results = new HeldResultRepository(database);
    if (end instanceof VideoEnd.Failed) {
      results.forgetPromise(video);
    } else {
      results.forget(video);
    }
  }

  /** Whether the video is finished, so that whatever has failed on its way is of no account. */
  private static boolean leavesNothingOpen(Held held, VideoEnd end) {
    return switch (end) {
      case VideoEnd.Encoded _,
          VideoEnd.DeliveredTo _,
          VideoEnd.Skipped _,
          VideoEnd.Undone _,
          VideoEnd.Redone _ ->
          true;
      case VideoEnd.Measured _ -> held.settledState() == VideoState.FOUND;
      case VideoEnd.Restored _, VideoEnd.Released _ ->
          held.settledState() == VideoState.ENCODED || held.settledState() == VideoState.SKIPPED;
      case VideoEnd.Failed _,
          VideoEnd.Cancelled _,
          VideoEnd.UndoRefused _,
          VideoEnd.NothingToDo _ ->
          false;
    };
  }

  private void settle(VideoId video, Outcome outcome) {
    RequestRepository requests = new RequestRepository(database);
    switch (outcome.result()) {
      case ENCODED, DELIVERED, SKIPPED, FAILED, MEASURED -> requests.settleJoined(video, outcome);
      // What came to nothing for one request is begun anew for the next.
      case CANCELLED, NOTHING_TO_DO, GONE, WOULD_ENCODE, WOULD_SKIP, WOULD_FAIL -> {}
    }
    requests.settleStarted(video, outcome);
  }

  private void write(VideoOrder order, Held held, VideoEnd end) {
    VideoId id = order.video();
    switch (end) {
      case VideoEnd.Encoded encoded -> writeEncoded(id, encoded);
      case VideoEnd.DeliveredTo delivered -> writeDelivered(id, delivered);
      case VideoEnd.Skipped skipped ->
          finished(
                  id,
                  "state = 'skipped', skip_reason = :reason, detail = :detail, failure_code = null"
                      + (skipped.reason().equals(SkipReason.REJECTED)
                          ? ", kept_hash = sampled_hash"
                          : ""))
              .param("reason", skipped.reason().code())
              .param("detail", skipped.detail())
              .update();
      case VideoEnd.Measured measured -> back(id, held, measured.what());
      case VideoEnd.Undone undone -> writeUndone(id, undone);
      case VideoEnd.Redone redone -> writeRedone(id, redone);
      case VideoEnd.UndoRefused refused -> back(id, held, "undo refused: " + refused.why());
      case VideoEnd.Restored restored ->
          back(id, held, "its original was put to " + restored.place());
      case VideoEnd.Released released -> back(id, held, held.detail());
      case VideoEnd.Failed failed when order.purpose() != Purpose.ENCODE ->
          back(id, held, name(order) + " failed: " + failed.classification().message());
      case VideoEnd.Failed failed ->
          finished(
                  id,
                  """
                  state = 'failed', skip_reason = null, detail = :detail, failure_code = :code
                  """)
              .param("detail", failed.classification().message())
              .param("code", failed.classification().code())
              .update();
      case VideoEnd.Cancelled cancelled when order.purpose() != Purpose.ENCODE ->
          back(id, held, name(order) + " cancelled");
      case VideoEnd.Cancelled cancelled ->
          finished(id, "state = 'cancelled', skip_reason = null, detail = '', failure_code = null")
              .update();
      case VideoEnd.NothingToDo nothing -> back(id, held, nothing.why());
    }
  }

  private static String name(VideoOrder order) {
    return order.purpose().name().toLowerCase(Locale.ROOT);
  }

  private void writeEncoded(VideoId id, VideoEnd.Encoded encoded) {
    noteChange(id, encoded.replaced().path().value(), true);
    makeRoom(id, encoded.replaced().path().value());
    SourceIdentity identity = encoded.replaced().identity();
    figures(
            identity(
                finished(
                    id,
                    """
                    state = 'encoded', skip_reason = null, detail = '', failure_code = null,
                    path = :path, size = :size, mtime = :mtime, sampled_hash = :hash,
                    encoded_hash = :hash, hard_links = 1, facts = null, original_size = :original, other_names = coalesce((
                      select r.other_names from replacements r where r.id = :replacement), 0),
                    original_codec = case when codec = :codec and original_codec is not null
                                     then original_codec else codec end,
                    codec = :codec,
                    """
                        + FIGURES),
                identity),
            encoded.encode())
        .param("path", encoded.replaced().path().value())
        .param("original", encoded.replaced().originalBytes())
        .param("replacement", encoded.replaced().replacement())
        .param("codec", encoded.encode().encoder().codec().ffprobeName())
        .update();
  }

  private void writeDelivered(VideoId id, VideoEnd.DeliveredTo delivered) {
    figures(
            finished(
                id,
                """
                state = 'found', skip_reason = null, detail = '', failure_code = null,
                output_path = :output, output_size = :outputSize,
                """
                    + FIGURES),
            delivered.encode())
        .param("output", delivered.path().value())
        .param("outputSize", delivered.sizeBytes())
        .update();
  }

  /** The files say that the original is back, and no run is at work that could write it. */
  void found(VideoId id, VideoEnd.Undone undone) {
    writeUndone(id, undone);
  }

  /** The files say that the result lies in its place, and no run is at work to write it. */
  void found(VideoId id, VideoEnd.Redone redone) {
    writeRedone(id, redone);
  }

  private void writeUndone(VideoId id, VideoEnd.Undone undone) {
    new KeptContents(database).keep(undone.identity().sampledHash());
    noteChange(id, undone.path().value(), false);
    makeRoom(id, undone.path().value());
    identity(
            finished(
                id,
                """
                state = 'skipped', skip_reason = 'kept', detail = :detail, failure_code = null,
                path = :path, size = :size, mtime = :mtime, sampled_hash = :hash,
                kept_hash = :hash, facts = null, codec = coalesce(original_codec, codec),
                """
                    + FORGET_ENCODE),
            undone.identity())
        .param("path", undone.path().value())
        .param("detail", SkipReason.KEPT.explanation())
        .update();
  }

  /** What the encode measured was forgotten with the undo; that it is a result of ours was not. */
  private void writeRedone(VideoId id, VideoEnd.Redone redone) {
    new KeptContents(database).forgetContentOf(id);
    noteChange(id, redone.path().value(), false);
    makeRoom(id, redone.path().value());
    identity(
            finished(
                id,
                """
                state = 'encoded', skip_reason = null, detail = '', failure_code = null,
                path = :path, size = :size, mtime = :mtime, sampled_hash = :hash,
                encoded_hash = :hash, kept_hash = null, facts = null,
                original_codec = case when codec = 'av1' or encoder in ('libx265', 'hevc_nvenc')
                                 then original_codec else codec end,
                original_size = coalesce((select r.original_bytes from replacements r
                  where r.video_id = videos.id and r.state = 'done'
                  order by r.epoch desc limit 1), size),
                other_names = coalesce((select r.other_names from replacements r
                  where r.video_id = videos.id and r.state = 'done'
                  order by r.epoch desc limit 1), 0),
                codec = case when (select e.encoder from encodes e
                  where e.video_id = videos.id and e.ending = 'finished'
                  order by e.ended_at desc limit 1) in ('libx265', 'hevc_nvenc')
                  then 'hevc' else 'av1' end
                """),
            redone.identity())
        .param("path", redone.path().value())
        .update();
  }

  private void back(VideoId id, Held held, String detail) {
    finished(id, "state = :state, detail = :detail")
        .param("state", held.claimedFrom().orElse(VideoState.FOUND).code())
        .param("detail", detail)
        .update();
  }

  private static StatementSpec figures(StatementSpec statement, VideoEnd.Encode encode) {
    return statement
        .param("encoder", encode.encoder().ffmpegName())
        .param("preset", encode.preset())
        .param("crf", encode.crf())
        .param("target", encode.vmafTarget())
        .param("score", encode.vmafScore())
        .param("seconds", encode.seconds())
        .param("probes", encode.probes())
        .param("known", encode.knownProbes())
        .param("metric", encode.metric().name())
        .param("checked", orNull(encode.checkedScore()))
        .param("by", encode.checkedBy() == ResultCheck.OFF ? null : encode.checkedBy().name())
        .param("corrected", orNull(encode.correctedFrom()))
        .param("first", orNull(encode.firstScore()))
        .param("unscaled", orNull(encode.unscaledScore()));
  }

  private static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isPresent() ? figure.getAsDouble() : null;
  }

  private static StatementSpec identity(StatementSpec statement, SourceIdentity identity) {
    return statement
        .param("size", identity.size())
        .param("mtime", identity.mtime().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .param("hash", identity.sampledHash());
  }

  private StatementSpec finished(VideoId id, String changes) {
    return database
        .client()
        .sql(
            "update videos set "
                + changes
                + ", step = :finished, missing_since = null, updated_at = now() where id = :id")
        .param("finished", FINISHED)
        .param("id", id.value());
  }

  /** Whoever plays or manages the file is to be told of it. */
  private void noteChange(VideoId id, String path, boolean encoded) {
    new TellingRepository(database).note(id, path);
    new FileTellingRepository(database).note(id, path, encoded);
  }

  /** A scan may have met the result under its new name before the run wrote it down. */
  private void makeRoom(VideoId id, String path) {
    database
        .client()
        .sql("delete from videos where path = :path and id <> :id")
        .param("path", path)
        .param("id", id.value())
        .update();
  }
}
