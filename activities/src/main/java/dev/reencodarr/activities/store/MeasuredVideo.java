package dev.reencodarr.activities.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.search.SearchPoint;
import java.util.List;
import java.util.Optional;

/**
 * A video with what was measured of it.
 *
 * @param library name of the one that it lies in
 * @param root of its library
 * @param facts of the content that lies at its path; empty where they are not known
 * @param result where that is a result of ours: what it was made of
 * @param points of the source, with whatever settings
 * @param encode the latest that was finished
 * @param managed what Sonarr or Radarr says of its title
 */
public record MeasuredVideo(
    VideoId id,
    MediaPath path,
    String library,
    MediaPath root,
    Optional<Analysis.Analysed> facts,
    Optional<Result> result,
    List<Point> points,
    Optional<Encode> encode,
    Managed managed) {

  public MeasuredVideo {
    points = List.copyOf(points);
  }

  /**
   * A result of ours and its source.
   *
   * @param codec of the source
   * @param target VMAF that was wanted
   */
  public record Result(
      String codec,
      int width,
      int height,
      double seconds,
      boolean hdr,
      long sourceBytes,
      long bytes,
      double target) {}

  /**
   * A point of its curve.
   *
   * @param threads that measured it; of earlier points those of a job of the machine
   */
  public record Point(
      @JsonProperty("setting_key") String settingKey,
      int preset,
      double crf,
      double score,
      @JsonProperty("predicted_percent") double predictedPercent,
      @JsonProperty("predicted_bytes") long predictedBytes,
      @JsonProperty("predicted_seconds") double predictedSeconds,
      int threads) {

    /** The same for a search. */
    public SearchPoint searched() {
      return new SearchPoint(crf, score, predictedPercent, predictedBytes, predictedSeconds);
    }
  }

  /**
   * An encode.
   *
   * @param frames 0 where unknown
   * @param seconds wall time
   * @param threads that it had; of earlier ones those of a job of its machine
   */
  public record Encode(int preset, long frames, double seconds, int threads) {}
}
