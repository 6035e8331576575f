package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.Conversion;
import dev.reencodarr.workflows.analysis.HardLinks;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.PlainNumber;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts together how a video is searched and encoded: from settings, over them what rules say. */
final class QualityBuilder {

  private static final double HIGHEST_CRF = 70;
  private static final int SLOWEST_TO_FASTEST = 13;
  private static final int MOST_GRAIN = 50;
  private static final int NARROWEST = 128;
  private static final int WIDEST = 16_384;
  private static final int MANY = 1_000_000;
  private static final Pattern SCALE = Pattern.compile("auto|none|\\d+x\\d+");
  private static final Pattern PIXEL_FORMAT = Pattern.compile("yuv420p|yuv4(?:20|22|44)p10le");

  private Goal goal;
  private TargetRule target;
  private double band;
  private double crfStep;
  private double minCrf;
  private double maxCrf;
  private List<Integer> presets;
  private boolean lowerTarget;
  private double leastSavingPredicted;
  private double leastSavingResult;
  private Scoring scoring;
  private SizeLimit sizeLimit;
  private LadderEnd overSizeLimit;
  private LadderEnd crfNotFound;
  private double xpsnrTarget;
  private SamplePlan samples;
  private ScorePool pool;
  private ResultCheck check;
  private int grain;
  private boolean grainDenoise;
  private Treatment.Tune tune;
  private Treatment.ContainerChoice container;
  private Treatment.AudioChoice audio;
  private final Set<Conversion> conversions = EnumSet.noneOf(Conversion.class);
  private int largestWidth;
  private Scaling.Against scaledAgainst;
  private HardLinks hardLinks;
  private Review review;
  private OnBrokenSource brokenSource;
  private HardwareWishes hardware;

  /** Where the last end of the range of CRFs comes from. */
  private String rangeOrigin = "";

  QualityBuilder(QualitySettings from) {
    goal = from.goal();
    target = from.target();
    band = from.band();
    crfStep = from.crfStep();
    minCrf = from.minCrf();
    maxCrf = from.maxCrf();
    presets = from.presets();
    lowerTarget = from.lowerTarget();
    leastSavingPredicted = from.leastSavingPredicted();
    leastSavingResult = from.leastSavingResult();
    scoring = from.scoring();
    sizeLimit = from.sizeLimit();
    overSizeLimit = from.overSizeLimit();
    crfNotFound = from.crfNotFound();
    xpsnrTarget = from.xpsnrTarget();
    samples = from.samples();
    pool = from.pool();
    check = from.check();
    grain = from.treatment().grain();
    grainDenoise = from.treatment().grainDenoise();
    tune = from.treatment().tune();
    container = from.treatment().container();
    audio = from.treatment().audio();
    conversions.addAll(from.treatment().conversions());
    largestWidth = from.treatment().largestWidth();
    scaledAgainst = from.treatment().scaledAgainst();
    hardLinks = from.hardLinks();
    review = from.review();
    brokenSource = from.brokenSource();
    hardware = from.hardware();
  }

  /**
   * @throws SettingsInvalid if the values cannot be used together
   */
  QualitySettings build() {
    if (minCrf > maxCrf) {
      throw new SettingsInvalid(
          (rangeOrigin.isEmpty() ? "" : rangeOrigin + ": ")
              + "min_crf %s is above max_crf %s"
                  .formatted(PlainNumber.text(minCrf), PlainNumber.text(maxCrf)));
    }
    return new QualitySettings(
        goal,
        target,
        band,
        crfStep,
        minCrf,
        maxCrf,
        presets,
        lowerTarget,
        leastSavingPredicted,
        leastSavingResult,
        scoring,
        sizeLimit,
        overSizeLimit,
        crfNotFound,
        xpsnrTarget,
        samples,
        pool,
        check,
        new Treatment(
            grain, grainDenoise, tune, container, audio, conversions, largestWidth, scaledAgainst),
        hardLinks,
        review,
        brokenSource,
        hardware);
  }

  void scoring(Scoring other) {
    scoring = other;
  }

  void pool(ScorePool other) {
    pool = other;
  }

  void check(ResultCheck other) {
    check = other;
  }

  void review(Review other) {
    review = other;
  }

  void wish(Wishes wishes) {
    goal = wishes.goal().orElse(goal);
    wishes
        .target()
        .ifPresent(wished -> {
          target = TargetRule.fixed(wished);
          xpsnrTarget = wished;
        });
  }

  void giveUpWhatTheGoalDoes() {
    presets = goal.presets(presets);
    lowerTarget = goal.lowersTarget(lowerTarget);
    leastSavingPredicted = goal.leastSaving(leastSavingPredicted);
  }

  /**
   * Takes what is set; the tiers of large sources count where they are set after the target.
   *
   * @throws SettingsInvalid if the value cannot be used
   */
  void set(SettingValue value) {
    switch (value.key()) {
      case GOAL -> goal = value.goal();
      case VMAF_TARGET -> target = TargetRule.fixed(value.number(0, 100));
      case VMAF_TARGETS_OF_LARGE -> target = new TargetRule(value.tiers(), target.otherwise());
      case VMAF_BAND -> band = value.number(0.01, 10);
      case XPSNR_TARGET -> xpsnrTarget = value.number(1, 100);
      case SCORE_POOL -> pool = value.scorePool();
      case CHECK_RESULT -> check = value.resultCheck();
      case LOWER_TARGET -> lowerTarget = value.yes();
      case CRF_STEP -> crfStep = value.number(0.25, 10);
      case MIN_CRF -> {
        minCrf = value.number(0, HIGHEST_CRF);
        rangeOrigin = value.origin();
      }
      case MAX_CRF -> {
        maxCrf = value.number(0, HIGHEST_CRF);
        rangeOrigin = value.origin();
      }
      case PRESETS -> presets = value.wholes(0, SLOWEST_TO_FASTEST);
      case LEAST_SAVING_PREDICTED -> leastSavingPredicted = value.number(0, 99);
      case LEAST_SAVING_RESULT -> leastSavingResult = value.number(0, 99);
      case SIZE_LIMIT -> sizeLimit = value.sizeLimit();
      case OVER_SIZE_LIMIT -> overSizeLimit = value.ladderEnd();
      case CRF_NOT_FOUND -> crfNotFound = value.ladderEnd();
      case METRIC, VMAF_SCALE, VMAF_SUBSAMPLE, XPSNR_PIXEL_FORMAT -> scoring = scored(value);
      case SAMPLE_EVERY, SAMPLES_LEAST, SAMPLE_SECONDS -> samples = sampled(value);
      case GRAIN -> grain = value.whole(0, MOST_GRAIN);
      case GRAIN_DENOISE -> grainDenoise = value.yes();
      case TUNE -> tune = value.tune();
      case CONTAINER -> container = value.container();
      case AUDIO -> audio = value.audio();
      case INTERLACED -> convert(Conversion.DEINTERLACE, value.orSkip("deinterlace"));
      case SEVERAL_FILMS -> convert(Conversion.FIRST_FILM, value.orSkip("first"));
      case HDR10PLUS -> convert(Conversion.HDR10_PLUS_TO_HDR10, value.orSkip("hdr10"));
      case DOLBY_VISION ->
          convert(Conversion.DOLBY_VISION_TO_BASE_LAYER, value.orSkip("base_layer"));
      case CHROMA -> convert(Conversion.CHROMA_TO_420, value.orSkip("420"));
      case LARGEST_WIDTH -> largestWidth = value.evenWidth(NARROWEST, WIDEST);
      case SCALED_AGAINST -> scaledAgainst = value.scaledAgainst();
      case HARD_LINKS -> hardLinks = value.hardLinks();
      case REVIEW -> review = value.review();
      case BROKEN_SOURCE -> brokenSource = value.onBrokenSource();
      case ENCODERS, ENCODER_CHOICE, ENCODER_PRESETS, DECODING -> hardware = wished(value);
      default ->
          throw new SettingsInvalid(
              value.origin() + ": " + value.key().key() + " is set for machines, not for videos");
    }
  }

  private void convert(Conversion conversion, boolean wanted) {
    if (wanted) {
      conversions.add(conversion);
    } else {
      conversions.remove(conversion);
    }
  }

  private HardwareWishes wished(SettingValue value) {
    return switch (value.key()) {
      case ENCODERS ->
          new HardwareWishes(
              HardwareValues.encoders(value),
              hardware.choice(),
              hardware.decoding(),
              hardware.ladders());
      case ENCODER_CHOICE ->
          new HardwareWishes(
              hardware.encoders(),
              HardwareValues.choice(value),
              hardware.decoding(),
              hardware.ladders());
      case ENCODER_PRESETS ->
          new HardwareWishes(
              hardware.encoders(),
              hardware.choice(),
              hardware.decoding(),
              HardwareValues.ladders(value));
      default ->
          new HardwareWishes(
              hardware.encoders(),
              hardware.choice(),
              HardwareValues.decoding(value),
              hardware.ladders());
    };
  }

  /** What nobody has narrowed is the encoder's own range. */
  void fit(Encoder encoder) {
    double least = minCrf <= Encoder.LIBSVTAV1.minCrf() ? encoder.minCrf() : minCrf;
    double most = maxCrf >= Encoder.LIBSVTAV1.maxCrf() ? encoder.maxCrf() : maxCrf;
    crfStep =
        Math.ceil(Math.max(crfStep, encoder.crfStep()) / encoder.crfStep()) * encoder.crfStep();
    least = Math.ceil(Math.max(least, encoder.minCrf()) / encoder.crfStep()) * encoder.crfStep();
    most = Math.min(most, encoder.maxCrf());
    boolean isNoneOfIts = least > most;
    minCrf = isNoneOfIts ? encoder.minCrf() : least;
    maxCrf = isNoneOfIts ? encoder.maxCrf() : most;
    presets = goal.presets(hardware.presetsOf(encoder));
  }

  private Scoring scored(SettingValue value) {
    return switch (value.key()) {
      case METRIC ->
          new Scoring(
              value.metric(), scoring.scale(), scoring.subsample(), scoring.xpsnrPixelFormat());
      case VMAF_SCALE ->
          new Scoring(
              scoring.metric(),
              value.matching("auto, none or WxH", SCALE),
              scoring.subsample(),
              scoring.xpsnrPixelFormat());
      case VMAF_SUBSAMPLE ->
          new Scoring(
              scoring.metric(), scoring.scale(), value.whole(1, 100), scoring.xpsnrPixelFormat());
      default ->
          new Scoring(
              scoring.metric(),
              scoring.scale(),
              scoring.subsample(),
              value.matching(
                  "one of yuv420p, yuv420p10le, yuv422p10le, yuv444p10le", PIXEL_FORMAT));
    };
  }

  private SamplePlan sampled(SettingValue value) {
    return switch (value.key()) {
      case SAMPLE_EVERY ->
          new SamplePlan(value.number(1, MANY), samples.least(), samples.seconds());
      case SAMPLES_LEAST ->
          new SamplePlan(samples.everySeconds(), value.whole(1, 1000), samples.seconds());
      default -> new SamplePlan(samples.everySeconds(), samples.least(), value.number(1, 3600));
    };
  }
}
