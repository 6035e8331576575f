package dev.reencodarr.activities.replace;

import static java.util.stream.Collectors.summarizingDouble;

import dev.reencodarr.workflows.replace.Verdict;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the pictures of three short segments, at the same times of result and source. Catches
 * what looks right from outside: another job's result, broken hardware output, shifted timestamps.
 */
final class SegmentScore {

  private static final double SEGMENT_SECONDS = 4;
  private static final int SEGMENTS = 3;

  /** Of the mean, below what was searched for: the search has measured other segments. */
  private static final double TOLERANCE = 3;

  /**
   * Of any one segment: scenes differ by some points in an honest film, but the others must not
   * make up for one that is broken.
   */
  private static final double TOLERANCE_OF_ONE = 10;

  /** ffprobe's names of formats whose clock may jump, and that have no list of key frames. */
  private static final Set<String> STREAMS = Set.of("mpegts", "mpeg");

  /** Whoever seeks in such a stream comes out anywhere, and sees nothing until a key frame. */
  private static final double LEAD_SECONDS = 20;

  private final Judged judged;
  private final Instruments instruments;

  SegmentScore(Judged judged, Instruments instruments) {
    this.judged = judged;
    this.instruments = instruments;
  }

  /**
   * VMAF of the segments, 0 to 100; of the whole film where it is short.
   *
   * @param mean of all
   * @param lowest of them
   */
  record Scores(double mean, double lowest) {}

  Scores measure(FrameTally sourceStart, FrameTally resultStart) throws InterruptedException {
    double duration = filmSeconds(sourceStart);
    double offset = gridOffset(sourceStart.startSeconds(), resultStart.startSeconds());
    if (duration <= 2 * SEGMENTS * SEGMENT_SECONDS) {
      double whole = score(asItBegins(sourceStart), 0, List.of("-itsoffset", seconds(-offset)));
      return new Scores(whole, whole);
    }
    List<Double> scores = new ArrayList<>();
    for (double start : starts(duration, sourceStart)) {
      double lead = isStream() ? Math.min(LEAD_SECONDS, start) : 0;
      List<String> window =
          lead < start ? window(start, lead) : fromTheBeginning(start, sourceStart);
      scores.add(score(window, lead, window(start + offset, 0)));
    }
    DoubleSummaryStatistics all = scores.stream().collect(summarizingDouble(score -> score));
    return new Scores(all.getAverage(), all.getMin());
  }

  /** Sound may go on longer than the film, or have begun before it: no segment lies there. */
  private double filmSeconds(FrameTally source) {
    double said =
        judged.source().durationSeconds()
            - judged.source().silentSeconds()
            - Math.max(0, source.startSeconds());
    double held = source.frames() * judged.frameSeconds();
    if (said <= 0) {
      return held;
    }
    return judged.variesInRate() ? said : Math.min(said, held);
  }

  /**
   * Of transport and program streams ffmpeg takes the first frame that it uses for the beginning,
   * not that of the sound, unless it seeks: the film is put back to where it stands.
   */
  private List<String> asItBegins(FrameTally source) {
    return isStream() ? List.of("-itsoffset", seconds(source.startSeconds())) : List.of();
  }

  /** Each start lies in the middle of a frame's time, where rounding cannot reach another frame. */
  private List<Double> starts(double duration, FrameTally source) {
    List<Double> starts = new ArrayList<>();
    double frame = judged.frameSeconds();
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      double wanted = duration * segment / (SEGMENTS + 1) - SEGMENT_SECONDS / 2;
      double frames = frame > 0 ? Math.floor(wanted / frame) : 0;
      starts.add(frame > 0 ? source.startSeconds() + (frames + 0.5) * frame : wanted);
    }
    return starts;
  }

  /**
   * How far the frames of the result lie from the source's within one frame's time: containers
   * round, and shift all streams by the priming of an audio codec. Whole frames are not made up
   * for.
   */
  private double gridOffset(double source, double result) {
    double frame = judged.frameSeconds();
    if (frame <= 0 || judged.variesInRate()) {
      return 0;
    }
    double offset = result - source;
    return offset - frame * Math.rint(offset / frame);
  }

  private boolean isStream() {
    return STREAMS.contains(judged.source().formatName());
  }

  private List<String> fromTheBeginning(double lead, FrameTally source) {
    List<String> window = new ArrayList<>(asItBegins(source));
    window.addAll(List.of("-t", seconds(lead + SEGMENT_SECONDS)));
    return List.copyOf(window);
  }

  private static List<String> window(double start, double lead) {
    return List.of("-ss", seconds(start - lead), "-t", seconds(lead + SEGMENT_SECONDS));
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private double score(List<String> sourceWindow, double lead, List<String> resultWindow)
      throws InterruptedException {
    List<String> inputs = new ArrayList<>();
    addInput(inputs, resultWindow, judged.resultFile().toString());
    addInput(inputs, sourceWindow, judged.sourceFile().toString());
    return instruments.vmaf(
        inputs,
        VmafScale.filter(
            judged.request().plan().quality().scoring().scale(),
            judged.resultVideo().width(),
            judged.resultVideo().height(),
            judged.request().plan().pixelFormat(),
            "0:" + judged.resultVideo().index(),
            "1:" + judged.sourceVideo().index(),
            lead,
            instruments.threads()));
  }

  private void addInput(List<String> inputs, List<String> window, String file) {
    inputs.addAll(List.of("-threads", Integer.toString(instruments.threads())));
    inputs.addAll(window);
    inputs.addAll(List.of("-i", file));
  }

  /** Refuses a score that is clearly below what was searched for. */
  Optional<Verdict.Refused> check(Scores scores) {
    return enough("segments score", scores.mean(), TOLERANCE)
        .or(() -> enough("the worst segment scores", scores.lowest(), TOLERANCE_OF_ONE));
  }

  private Optional<Verdict.Refused> enough(String what, double score, double tolerance) {
    double least = judged.request().target() - tolerance;
    return score >= least
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.SEGMENT_SCORE,
            String.format(
                Locale.ROOT, "%s VMAF %.1f, at least %.1f is needed", what, score, least));
  }
}
