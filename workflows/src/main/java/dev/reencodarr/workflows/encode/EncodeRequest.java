package dev.reencodarr.workflows.encode;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.SourceDecoding;
import java.util.Objects;

/**
 * One encode of one source at one CRF.
 *
 * @param crf in the scale of the plan's encoder
 * @param preset of the rung that found the CRF
 * @param threadsHalved whether it is to make do with half the threads of its machine's jobs, for
 *     want of memory; false where an earlier release has asked
 * @param predictedBytes that the search expects the result to take; 0 where nobody knows, also
 *     where an earlier release has asked
 * @param decoding of the source; on the CPU where an earlier release has asked
 */
public record EncodeRequest(
    VideoId video,
    MediaPath source,
    SourceIdentity identity,
    MediaFacts facts,
    EncodePlan plan,
    double crf,
    int preset,
    boolean threadsHalved,
    long predictedBytes,
    SourceDecoding decoding) {

  public EncodeRequest {
    decoding = Objects.requireNonNullElseGet(decoding, SourceDecoding::onCpu);
  }

  /** With all threads, of a size that nobody knows, decoded on the CPU. */
  public EncodeRequest(
      VideoId video,
      MediaPath source,
      SourceIdentity identity,
      MediaFacts facts,
      EncodePlan plan,
      double crf,
      int preset) {
    this(video, source, identity, facts, plan, crf, preset, false, 0, SourceDecoding.onCpu());
  }

  /** The same, with all or half of the threads. */
  public EncodeRequest with(boolean halved) {
    return new EncodeRequest(
        video, source, identity, facts, plan, crf, preset, halved, predictedBytes, decoding);
  }

  /** The same, where the search expects a result of this size. */
  public EncodeRequest expecting(long bytes) {
    return new EncodeRequest(
        video, source, identity, facts, plan, crf, preset, threadsHalved, bytes, decoding);
  }

  /** The same, decoded otherwise. */
  public EncodeRequest with(SourceDecoding other) {
    return new EncodeRequest(
        video, source, identity, facts, plan, crf, preset, threadsHalved, predictedBytes, other);
  }
}
