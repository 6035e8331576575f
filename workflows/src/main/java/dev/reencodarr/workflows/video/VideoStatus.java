package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people see of a video at work: its row, the search attributes, the details in the Web UI.
 */
final class VideoStatus {

  /** Enough for every probe of every rung. */
  private static final int LINES_SHOWN = 100;

  private final VideoId video;
  private final RunKey run;
  private final VideoActivities row;
  private final List<String> lines = new ArrayList<>();
  private VideoState state = VideoState.FOUND;
  private String detail = "";
  private boolean critical = false;
  private int step = 0;

  VideoStatus(VideoId video, RunKey run, VideoActivities row) {
    this.video = video;
    this.run = run;
    this.row = row;
  }

  void claimed(Claim.Proceed claim) {
    note("`" + claim.source() + "`");
  }

  /**
   * The video has come to a state; the same state with another detail only updates the detail.
   *
   * @return what of it is paused
   */
  Optional<PausedBy> enter(VideoState next, String nextDetail) {
    state = next;
    detail = nextDetail;
    critical = critical && next == VideoState.WAITING;
    step++;
    Optional<PausedBy> pause =
        Optional.ofNullable(row.enter(new StateChange(video, run, step, next, detail)));
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VIDEO_STATE.valueSet(next.code()),
        SearchAttributes.VIDEO_STAGE.valueSet(stageOf(next)),
        criticalOrNot());
    note("**" + next.code() + "**" + (detail.isEmpty() ? "" : ": " + detail));
    return pause;
  }

  void encoder(Encoder encoder) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ENCODER.valueSet(encoder.ffmpegName()));
  }

  /**
   * Something has failed.
   *
   * @param isFinal false for what is tried again and for a rung that is followed by another
   */
  void failed(Classification classification, boolean isFinal) {
    critical =
        isFinal && CriticalFailure.isCritical(classification.category(), classification.code());
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.FAILURE_CODE.valueSet(classification.code()), criticalOrNot());
    note(classification.code() + ": " + classification.message());
  }

  /** What is waited for concerns more than this video. */
  void critical(Classification classification) {
    critical = CriticalFailure.isCritical(classification.category(), classification.code());
  }

  void ended(VideoEnd end) {
    switch (end) {
      case VideoEnd.Encoded encoded -> {
        ended(VideoState.ENCODED, "");
        Workflow.upsertTypedSearchAttributes(
            SearchAttributes.SAVED_BYTES.valueSet(encoded.replaced().savedBytes()));
      }
      case VideoEnd.DeliveredTo delivered -> ended(VideoState.FOUND, "result: " + delivered.path());
      case VideoEnd.Skipped skipped ->
          ended(VideoState.SKIPPED, skipped.reason().code() + ", " + skipped.detail());
      case VideoEnd.Measured measured -> ended(VideoState.FOUND, measured.what());
      case VideoEnd.Undone undone -> ended(VideoState.SKIPPED, "kept: " + undone.path());
      case VideoEnd.Redone redone -> ended(VideoState.ENCODED, "again: " + redone.path());
      case VideoEnd.UndoRefused refused -> note("undo refused: " + refused.why());
      case VideoEnd.Restored restored -> note("the original lies at " + restored.place());
      case VideoEnd.Released released -> {
        note(released.accepted().files() + " files left quarantine");
        released.accepted().kept().forEach(why -> note("kept: " + why));
      }
      case VideoEnd.Failed failed -> ended(VideoState.FAILED, failed.classification().message());
      case VideoEnd.Cancelled() -> ended(VideoState.CANCELLED, "");
      case VideoEnd.NothingToDo nothing -> note("nothing to do: " + nothing.why());
    }
  }

  /** A further line of the details in the Web UI. */
  void note(String line) {
    lines.add("- " + line.replace('\n', ' '));
    int from = Math.max(0, lines.size() - LINES_SHOWN);
    Workflow.setCurrentDetails(String.join("\n", lines.subList(from, lines.size())));
  }

  VideoState state() {
    return state;
  }

  /** What was said of the state when it was entered. */
  String detail() {
    return detail;
  }

  private void ended(VideoState last, String how) {
    state = last;
    critical = critical && last == VideoState.FAILED;
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VIDEO_STATE.valueSet(last.code()),
        SearchAttributes.VIDEO_STAGE.valueUnset(),
        criticalOrNot());
    note("**" + last.code() + "**" + (how.isEmpty() ? "" : ": " + how));
  }

  private SearchAttributeUpdate<?> criticalOrNot() {
    return critical
        ? SearchAttributes.CRITICAL.valueSet(true)
        : SearchAttributes.CRITICAL.valueUnset();
  }

  private static String stageOf(VideoState state) {
    return switch (state) {
      case ANALYSING -> "analysis";
      case SEARCHING -> "crf_search";
      case ENCODING -> "encoding";
      case REPLACING -> "post_process";
      case WAITING -> "waiting";
      case FOUND, ENCODED, SKIPPED, FAILED, CANCELLED -> "ended";
    };
  }
}
