package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.StageActivities;
import dev.reencodarr.workflows.replace.VerifyActivities;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.sync.ManagedActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;

/** The steps of a video's way, each bound to the queue that serves it. */
final class VideoSteps {

  /** Version 0 wrote and read rows by activities that went through the server, one task each. */
  private static final String ROWS_ARE_LOCAL = "rows-are-local";

  private final VideoActivities row = rows(VideoActivities.class);
  private final FailureActivities failures;
  private final StandingFailureActivities standing = rows(StandingFailureActivities.class);
  private final MachineActivities machines = rows(MachineActivities.class);
  private final SearchPointActivities points;
  private final ReviewRowActivities reviews = rows(ReviewRowActivities.class);
  private final SamplePlanActivities samplePlans = rows(SamplePlanActivities.class);

  VideoSteps() {
    this(rows(FailureActivities.class), rows(SearchPointActivities.class));
  }

  private VideoSteps(FailureActivities failures, SearchPointActivities points) {
    this.failures = failures;
    this.points = points;
  }

  /** The steps of what is no video's own work: nothing of it is on record. */
  static VideoSteps leavingNoRecord() {
    return new VideoSteps(
        new NoRecord.Failures(), new NoRecord.Points(rows(SearchPointActivities.class)));
  }

  /** What takes milliseconds and needs no other machine is done where the workflow itself is. */
  private static <T> T rows(Class<T> activities) {
    return Workflow.getVersion(ROWS_ARE_LOCAL, Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION
        ? Workflow.newActivityStub(activities, ActivityTimings.row())
        : Workflow.newLocalActivityStub(activities, ActivityTimings.localRow());
  }

  VideoActivities row() {
    return row;
  }

  MachineActivities machines() {
    return machines;
  }

  FailureActivities failures() {
    return failures;
  }

  StandingFailureActivities standing() {
    return standing;
  }

  SearchPointActivities points() {
    return points;
  }

  SamplePlanActivities samplePlans() {
    return samplePlans;
  }

  ReviewRowActivities reviews() {
    return reviews;
  }

  AnalysisActivities analysis(String zone) {
    return Workflow.newActivityStub(AnalysisActivities.class, ActivityTimings.analysis(zone));
  }

  /**
   * @param summary what Temporal's Web UI shows beside the activity
   * @param comesBack whether the work is given back where nobody takes it for long
   */
  ProbeActivities probe(Encoder encoder, String zone, String summary, boolean comesBack) {
    return Workflow.newActivityStub(
        ProbeActivities.class,
        summed(comingBack(ActivityTimings.probe(encoder, zone), comesBack), summary));
  }

  /**
   * @param comesBack whether the work is given back where nobody takes it for long
   */
  EncodeActivities encode(Encoder encoder, String zone, String summary, boolean comesBack) {
    return Workflow.newActivityStub(
        EncodeActivities.class,
        summed(comingBack(ActivityTimings.encode(encoder, zone), comesBack), summary));
  }

  EncoderTurnActivities turn(Encoder encoder, String zone) {
    return Workflow.newActivityStub(
        EncoderTurnActivities.class,
        summed(ActivityTimings.turn(encoder, zone), "a place at " + encoder.ffmpegName()));
  }

  private static ActivityOptions comingBack(ActivityOptions options, boolean comesBack) {
    return comesBack ? ActivityTimings.comingBack(options) : options;
  }

  EncodeActivities encodeOn(String host, String summary) {
    return Workflow.newActivityStub(
        EncodeActivities.class, summed(ActivityTimings.encodeOn(host), summary));
  }

  /**
   * @param comesBack whether the work is given back where nobody takes it for long
   */
  SampleActivities sample(Encoder encoder, String zone, String summary, boolean comesBack) {
    return Workflow.newActivityStub(
        SampleActivities.class,
        summed(comingBack(ActivityTimings.encode(encoder, zone), comesBack), summary));
  }

  VerifyActivities verify(String host) {
    return Workflow.newActivityStub(VerifyActivities.class, ActivityTimings.verify(host));
  }

  StageActivities stage(String host) {
    return Workflow.newActivityStub(StageActivities.class, ActivityTimings.onHost(host));
  }

  ReplaceActivities replace(String zone) {
    return Workflow.newActivityStub(ReplaceActivities.class, ActivityTimings.files(zone));
  }

  RoomActivities room(String zone) {
    return Workflow.newActivityStub(RoomActivities.class, ActivityTimings.files(zone));
  }

  ManagedActivities managed(String zone) {
    return Workflow.newActivityStub(ManagedActivities.class, ActivityTimings.asking(zone));
  }

  ReviewActivities review(String zone) {
    return Workflow.newActivityStub(ReviewActivities.class, ActivityTimings.files(zone));
  }

  /** For what the janitor clears up where it fails. */
  ReviewActivities clearing(String zone) {
    return Workflow.newActivityStub(ReviewActivities.class, ActivityTimings.sweepFile(zone));
  }

  private static ActivityOptions summed(ActivityOptions options, String summary) {
    return ActivityOptions.newBuilder(options).setSummary(summary).build();
  }
}
