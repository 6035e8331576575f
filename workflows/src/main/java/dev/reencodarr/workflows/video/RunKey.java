package dev.reencodarr.workflows.video;

/** Names one run of a video's workflow, across continue-as-new and attempts of activities. */
public record RunKey(String workflowId, String firstRunId) {

  /** The key as one line. */
  public String line() {
    return workflowId + "#" + firstRunId;
  }
}
