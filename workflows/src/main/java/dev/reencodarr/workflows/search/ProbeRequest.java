package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;

/**
 * One probe: what a CRF would give, measured on samples of the source.
 *
 * @param silentSeconds of the source's duration before anything begins
 * @param threadsHalved whether it is to make do with half the threads of its machine's jobs, for
 *     want of memory; false where an earlier release has asked
 */
public record ProbeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    int mainVideoIndex,
    double silentSeconds,
    ProbeSetting setting,
    double crf,
    boolean threadsHalved) {

  /** With all threads. */
  public ProbeRequest(
      VideoId video,
      MediaPath source,
      SourceIdentity identity,
      int mainVideoIndex,
      double silentSeconds,
      ProbeSetting setting,
      double crf) {
    this(video, source, identity, mainVideoIndex, silentSeconds, setting, crf, false);
  }

  /** The same, with all or half of the threads. */
  public ProbeRequest with(boolean halved) {
    return new ProbeRequest(
        video, source, identity, mainVideoIndex, silentSeconds, setting, crf, halved);
  }
}
