package dev.reencodarr.workflows.video;

/** The machine that holds a job's folder has not answered in time. */
final class HostGone extends RuntimeException {

  HostGone(String host) {
    super(host + " does not answer");
  }
}
