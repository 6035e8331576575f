package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.SourceDecoding;
import java.util.Objects;

/**
 * One probe: what a CRF would give, measured on samples of the source.
 *
 * @param silentSeconds of the source's duration before anything begins
 * @param threadsHalved whether it is to make do with half the threads of its machine's jobs, for
 *     want of memory; false where an earlier release has asked
 * @param decoding of the source; on the CPU where an earlier release has asked
 */
public record ProbeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    int mainVideoIndex,
    double silentSeconds,
    ProbeSetting setting,
    double crf,
    boolean threadsHalved,
    SourceDecoding decoding) {

  public ProbeRequest {
    decoding = Objects.requireNonNullElseGet(decoding, SourceDecoding::onCpu);
  }

  /** With all threads, decoded on the CPU. */
  public ProbeRequest(
      VideoId video,
      MediaPath source,
      SourceIdentity identity,
      int mainVideoIndex,
      double silentSeconds,
      ProbeSetting setting,
      double crf) {
    this(
        video,
        source,
        identity,
        mainVideoIndex,
        silentSeconds,
        setting,
        crf,
        false,
        SourceDecoding.onCpu());
  }

  /** The same, with all or half of the threads. */
  public ProbeRequest with(boolean halved) {
    return new ProbeRequest(
        video, source, identity, mainVideoIndex, silentSeconds, setting, crf, halved, decoding);
  }

  /** The same, decoded otherwise. */
  public ProbeRequest with(SourceDecoding other) {
    return new ProbeRequest(
        video, source, identity, mainVideoIndex, silentSeconds, setting, crf, threadsHalved, other);
  }
}
