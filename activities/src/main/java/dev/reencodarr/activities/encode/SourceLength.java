package dev.reencodarr.activities.encode;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;

/**
 * How much there is to encode.
 *
 * @param frames of the main video stream; 0 when unknown
 * @param seconds of the film; 0 when unknown
 */
record SourceLength(double frames, double seconds) {

  static SourceLength of(MediaFacts facts) {
    double said =
        facts
            .mainVideo()
            .map(MediaStream.Video::durationSeconds)
            .filter(duration -> duration > 0)
            .orElse(facts.durationSeconds());
    double seconds = Math.max(0, said - facts.silentSeconds());
    double frames =
        facts
            .mainVideo()
            .map(video -> video.frames() > 0 ? video.frames() : video.averageFrameRate() * seconds)
            .orElse(0.0);
    return new SourceLength(frames, seconds);
  }

  /** How much of it is done, in percent; negative when that cannot be said. */
  double percent(ProgressBlock block) {
    double part =
        frames > 0 && block.frame() > 0
            ? block.frame() / frames
            : seconds > 0 ? block.outTimeSeconds() / seconds : -1;
    return part < 0 ? -1 : Math.min(100, 100 * part);
  }

  /** Seconds to the end; negative when that cannot be said. */
  double etaSeconds(ProgressBlock block) {
    if (frames > 0 && block.fps() > 0) {
      return Math.max(0, (frames - block.frame()) / block.fps());
    }
    if (seconds > 0 && block.speed() > 0) {
      return Math.max(0, (seconds - block.outTimeSeconds()) / block.speed());
    }
    return -1;
  }
}
