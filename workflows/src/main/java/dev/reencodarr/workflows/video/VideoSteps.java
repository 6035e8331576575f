package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.AnalysisActivities;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.failure.FailureActivities;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.StageActivities;
import dev.reencodarr.workflows.replace.VerifyActivities;
import dev.reencodarr.workflows.search.ProbeActivities;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;

/** The steps of a video's way, each bound to the queue that serves it. */
final class VideoSteps {

  private final VideoActivities row =
      Workflow.newActivityStub(VideoActivities.class, ActivityTimings.row());
  private final FailureActivities failures =
      Workflow.newActivityStub(FailureActivities.class, ActivityTimings.row());
  private final MachineActivities machines =
      Workflow.newActivityStub(MachineActivities.class, ActivityTimings.row());
  private final SearchPointActivities points =
      Workflow.newActivityStub(SearchPointActivities.class, ActivityTimings.row());

  VideoActivities row() {
    return row;
  }

  MachineActivities machines() {
    return machines;
  }

  FailureActivities failures() {
    return failures;
  }

  SearchPointActivities points() {
    return points;
  }

  AnalysisActivities analysis(String zone) {
    return Workflow.newActivityStub(AnalysisActivities.class, ActivityTimings.analysis(zone));
  }

  /**
   * @param summary what Temporal's Web UI shows beside the activity
   */
  ProbeActivities probe(Encoder encoder, String zone, String summary) {
    return Workflow.newActivityStub(
        ProbeActivities.class, summed(ActivityTimings.probe(encoder, zone), summary));
  }

  EncodeActivities encode(Encoder encoder, String zone, String summary) {
    return Workflow.newActivityStub(
        EncodeActivities.class, summed(ActivityTimings.encode(encoder, zone), summary));
  }

  EncodeActivities encodeOn(String host, String summary) {
    return Workflow.newActivityStub(
        EncodeActivities.class, summed(ActivityTimings.encodeOn(host), summary));
  }

  VerifyActivities verify(String host) {
    return Workflow.newActivityStub(VerifyActivities.class, ActivityTimings.onHost(host));
  }

  StageActivities stage(String host) {
    return Workflow.newActivityStub(StageActivities.class, ActivityTimings.onHost(host));
  }

  ReplaceActivities replace(String zone) {
    return Workflow.newActivityStub(ReplaceActivities.class, ActivityTimings.files(zone));
  }

  private static ActivityOptions summed(ActivityOptions options, String summary) {
    return ActivityOptions.newBuilder(options).setSummary(summary).build();
  }
}
