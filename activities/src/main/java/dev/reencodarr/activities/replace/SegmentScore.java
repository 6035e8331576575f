package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.PictureFilters;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.replace.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Compares the pictures of segments, at the same times of result and source. Three short ones catch
 * what looks right from outside: another job's result, broken hardware output, shifted timestamps.
 * Where results are checked, longer ones or the whole film say whether the promise is kept.
 */
final class SegmentScore {

  /** Of a film shorter than so many times its segments all is scored. */
  private static final double SHORT = 2;

  /** ffprobe's names of formats whose clock may jump, and that have no list of key frames. */
  private static final Set<String> STREAMS = Set.of("mpegts", "mpeg");

  /** Whoever seeks in such a stream comes out anywhere, and sees nothing until a key frame. */
  private static final double LEAD_SECONDS = 20;

  private final Judged judged;
  private final Instruments instruments;
  private final ScoreRule rule;
  private final PictureFilters filters;

  SegmentScore(Judged judged, Instruments instruments) {
    this(judged, instruments, judged.request().plan().filters(), judged.request().plan().quality());
  }

  /**
   * @param filters that the source goes through before it is compared
   */
  private SegmentScore(
      Judged judged, Instruments instruments, PictureFilters filters, QualitySettings quality) {
    this.judged = judged;
    this.instruments = instruments;
    this.filters = filters;
    this.rule = ScoreRule.of(quality, judged.source().durationSeconds());
  }

  /**
   * Scores in the metric of the search.
   *
   * @param mean of the segments; of the film where all of it was scored
   * @param all those of the segments, or of the windows of the film
   */
  record Scores(double mean, List<Double> all) {
    static Scores of(List<Double> segments) {
      return new Scores(
          segments.stream().mapToDouble(score -> score).average().orElseThrow(), segments);
    }

    double lowest() {
      return all.stream().mapToDouble(score -> score).min().orElseThrow();
    }
  }

  /**
   * A few segments beside the source in its own size, by VMAF; empty where that is how it is
   * measured anyway.
   */
  Optional<SegmentScore> besideUnscaled() {
    return switch (rule.scoring().metric()) {
      case VMAF ->
          filters
              .withScalingCounted()
              .map(counted ->
                  new SegmentScore(
                      judged,
                      instruments,
                      counted,
                      judged.request().plan().quality().with(ResultCheck.OFF)));
      case XPSNR -> Optional.empty();
    };
  }

  Scores measure(FrameTally sourceStart, FrameTally resultStart)
      throws IOException, InterruptedException {
    double duration = filmSeconds(sourceStart);
    double offset = gridOffset(sourceStart.startSeconds(), resultStart.startSeconds());
    if (rule.isWhole() || duration <= SHORT * rule.segments() * rule.seconds()) {
      return whole(sourceStart, offset);
    }
    List<Double> scores = new ArrayList<>();
    for (double start : starts(duration, sourceStart)) {
      double lead = isStream() ? Math.min(LEAD_SECONDS, start) : 0;
      List<String> window =
          lead < start ? window(start, lead) : fromTheBeginning(start, sourceStart);
      scores.add(
          score(
              window,
              window(start + offset, 0),
              threads -> filter(lead, at60(sourceStart.startSeconds() - start), threads),
              0));
    }
    return Scores.of(List.copyOf(scores));
  }

  /** Its windows too, where they may count. */
  private Scores whole(FrameTally source, double offset) throws IOException, InterruptedException {
    boolean inWindows = rule.isPromise() && judged.frameSeconds() > 0;
    String log = inWindows ? FrameLog.option(rule.scoring().metric()) : "";
    double score =
        score(
            asItBegins(source),
            List.of("-itsoffset", seconds(-offset)),
            threads -> filter(0, at60(source.startSeconds()), threads) + log,
            source.frames());
    return new Scores(
        score,
        inWindows
            ? instruments.windows(rule.scoring().metric(), rule.seconds() / judged.frameSeconds())
            : List.of(score));
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
    for (int segment = 1; segment <= rule.segments(); segment++) {
      double wanted = duration * segment / (rule.segments() + 1) - rule.seconds() / 2;
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
    window.addAll(List.of("-t", seconds(lead + rule.seconds())));
    return List.copyOf(window);
  }

  private List<String> window(double start, double lead) {
    return List.of("-ss", seconds(start - lead), "-t", seconds(lead + rule.seconds()));
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /**
   * What makes 60 frames a second of a window, for xpsnr.
   *
   * @param first seconds from the beginning of the window to the first frame of the film
   */
  private String at60(double first) {
    if (judged.variesInRate()) {
      return XpsnrFilter.byNumber();
    }
    double frame = 1 / judged.sourceVideo().baseFrameRate();
    double early = first - frame * Math.floor(first / frame);
    return XpsnrFilter.byTime(judged.sourceVideo().baseFrameRate(), frame / 2 - early);
  }

  /**
   * @param frames of it, where that is the whole film
   */
  private double score(
      List<String> sourceWindow, List<String> resultWindow, IntFunction<String> filter, long frames)
      throws InterruptedException {
    return instruments.score(
        rule.scoring().metric(),
        threads -> {
          List<String> arguments = new ArrayList<>();
          addInput(arguments, resultWindow, judged.resultFile().toString(), threads);
          addInput(arguments, sourceWindow, judged.sourceFile().toString(), threads);
          arguments.addAll(List.of("-filter_complex", filter.apply(threads)));
          return arguments;
        },
        frames);
  }

  private String filter(double lead, String at60, int threads) {
    String dis = "0:" + judged.resultVideo().index();
    String ref = "1:" + judged.sourceVideo().index();
    String before = filters.beforeComparing();
    return switch (rule.scoring().metric()) {
      case VMAF ->
          VmafScale.filter(
              filters.enlargedTo().orElse(rule.scoring().scale()),
              judged.resultVideo().width(),
              judged.resultVideo().height(),
              judged.request().plan().pixelFormat(),
              dis,
              ref,
              before,
              filters.needsModelOf4k(),
              lead,
              rule.scoring().subsample(),
              threads);
      case XPSNR -> XpsnrFilter.of(rule.scoring().xpsnrPixelFormat(), dis, ref, before, lead, at60);
    };
  }

  private static void addInput(List<String> inputs, List<String> window, String file, int threads) {
    inputs.addAll(List.of("-threads", Integer.toString(threads)));
    inputs.addAll(window);
    inputs.addAll(List.of("-i", file));
  }

  /** Refuses a score that is clearly below what was searched for. */
  Optional<Verdict.Refused> check(Scores scores) {
    double target = judged.request().target();
    return enough("segments score", scores.mean(), rule.leastMean(target))
        .or(() ->
            enough(
                "the worst segment scores",
                scores.lowest(),
                rule.leastOfOne(target, scores.mean())));
  }

  /** The score that is compared with the target where results are checked. */
  double counted(Scores scores) {
    return rule.pool().of(scores.mean(), scores.all());
  }

  /** What falls short of the promise, where results are checked. */
  Optional<Verdict> promise(Scores scores) {
    double needed = judged.request().target() - rule.toleranceOfPromise();
    return rule.isPromise() && counted(scores) < needed
        ? Optional.of(new Verdict.BelowTarget(counted(scores), needed))
        : Optional.empty();
  }

  private Optional<Verdict.Refused> enough(String what, double score, double least) {
    return score >= least
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.SEGMENT_SCORE,
            String.format(
                Locale.ROOT,
                "%s %s, at least %.1f is needed",
                what,
                rule.scoring().metric().text(score, 1),
                least));
  }
}
