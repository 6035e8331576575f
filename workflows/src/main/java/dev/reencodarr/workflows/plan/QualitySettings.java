package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.HardLinks;
import dev.reencodarr.workflows.media.Encoder;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The settings that decide how a video is searched and encoded; a snapshot travels with each pass.
 *
 * @param band a score of target to target + band is accepted; above 0
 * @param presets of the ladder, the wanted one first
 * @param lowerTarget whether the ladder goes on below the target, down to the floor
 * @param leastSavingPredicted percent of the source that a probe must promise to save
 * @param leastSavingResult percent of the source that the result must save
 * @param scoring how VMAF is measured
 * @param sizeLimit the largest predicted size; off in passes that an earlier release has begun
 * @param overSizeLimit how a video ends whose last rung is predicted larger; likewise skipped
 * @param crfNotFound how a video ends none of whose rungs reaches its target; likewise skipped
 * @param xpsnrTarget in dB, instead of the target where XPSNR is the metric; likewise 40
 * @param samples what a probe measures of a film; likewise as ab-av1 has it
 * @param pool what of the samples' scores has to reach the target; likewise their mean
 * @param check how much of a result is scored; likewise off
 * @param treatment what is done beyond the CRF; likewise nothing
 * @param hardLinks what becomes of files with further names; likewise deferred
 * @param review whether a verified result waits for an operator's word; likewise it does not
 * @param brokenSource what becomes of a source that cannot be decoded; likewise it stays
 * @param hardware on what it is done; likewise by SVT-AV1 alone
 */
public record QualitySettings(
    Goal goal,
    TargetRule target,
    double band,
    double crfStep,
    double minCrf,
    double maxCrf,
    List<Integer> presets,
    boolean lowerTarget,
    double leastSavingPredicted,
    double leastSavingResult,
    Scoring scoring,
    SizeLimit sizeLimit,
    LadderEnd overSizeLimit,
    LadderEnd crfNotFound,
    double xpsnrTarget,
    SamplePlan samples,
    ScorePool pool,
    ResultCheck check,
    Treatment treatment,
    HardLinks hardLinks,
    Review review,
    OnBrokenSource brokenSource,
    HardwareWishes hardware) {

  private static final double USUAL_XPSNR = 40;

  public QualitySettings {
    sizeLimit = Objects.requireNonNullElseGet(sizeLimit, SizeLimit::off);
    overSizeLimit = Objects.requireNonNullElse(overSizeLimit, LadderEnd.SKIP);
    crfNotFound = Objects.requireNonNullElse(crfNotFound, LadderEnd.SKIP);
    xpsnrTarget = xpsnrTarget > 0 ? xpsnrTarget : USUAL_XPSNR;
    samples = Objects.requireNonNullElseGet(samples, SamplePlan::defaults);
    pool = Objects.requireNonNullElseGet(pool, ScorePool::mean);
    check = Objects.requireNonNullElse(check, ResultCheck.OFF);
    treatment = Objects.requireNonNullElseGet(treatment, Treatment::none);
    hardLinks = Objects.requireNonNullElse(hardLinks, HardLinks.DEFER);
    review = Objects.requireNonNullElse(review, Review.NONE);
    brokenSource = Objects.requireNonNullElse(brokenSource, OnBrokenSource.KEEP);
    hardware = Objects.requireNonNullElseGet(hardware, HardwareWishes::usual);
  }

  /** The defaults of the table in {@code docs/settings.md}. */
  public static QualitySettings defaults() {
    return new QualitySettings(
        Goal.SPACE,
        TargetRule.bySize(),
        0.4,
        0.25,
        5,
        70,
        List.of(8, 6),
        true,
        10,
        5,
        Scoring.defaults(),
        SizeLimit.off(),
        LadderEnd.SKIP,
        LadderEnd.SKIP,
        USUAL_XPSNR,
        SamplePlan.defaults(),
        ScorePool.mean(),
        ResultCheck.OFF,
        Treatment.none(),
        HardLinks.DEFER,
        Review.NONE,
        OnBrokenSource.KEEP,
        HardwareWishes.usual());
  }

  /**
   * The largest predicted size that is worth an encode, in percent of a source of this size: what
   * saves enough, and is within the limit.
   */
  public double mostPercent(long sourceBytes) {
    return Math.min(100 - leastSavingPredicted, sizeLimit.percentOf(sourceBytes));
  }

  /** Whether it is the limit that keeps results of such a source small, not what they save. */
  public boolean isLimited(long sourceBytes) {
    return sizeLimit.percentOf(sourceBytes) < 100 - leastSavingPredicted;
  }

  /** The target for a source of this size, in the metric's own scale. */
  public double targetFor(long sourceBytes) {
    return switch (scoring.metric()) {
      case VMAF -> target.targetFor(sourceBytes);
      case XPSNR -> xpsnrTarget;
    };
  }

  /** These settings with another way of scoring. */
  public QualitySettings with(Scoring other) {
    return changed(builder -> builder.scoring(other));
  }

  /** These settings with another pool of scores. */
  public QualitySettings with(ScorePool other) {
    return changed(builder -> builder.pool(other));
  }

  /** These settings with another check of results. */
  public QualitySettings with(ResultCheck other) {
    return changed(builder -> builder.check(other));
  }

  /** These settings with another review of results. */
  public QualitySettings with(Review other) {
    return changed(builder -> builder.review(other));
  }

  /**
   * These settings with what is set laid over them. A target that is set counts for sources of
   * every size, unless the targets of large ones are set too.
   *
   * @param set in the order of the keys, all of {@link SettingKey#isOfVideos}
   * @throws SettingsInvalid if a value cannot be used, or the values not together
   */
  public QualitySettings with(Collection<SettingValue> set) {
    return changed(builder -> set.forEach(builder::set));
  }

  /**
   * Refuses a value that cannot be used, whatever is set beside it.
   *
   * @throws SettingsInvalid if it cannot
   */
  public static void requireUsable(SettingValue value) {
    new QualityBuilder(defaults()).set(value);
  }

  /**
   * Refuses values that cannot be used together, whatever else is set.
   *
   * @throws SettingsInvalid if they cannot
   */
  public static void requireUsableTogether(Collection<SettingValue> set) {
    List<SettingKey> keys = set.stream().map(SettingValue::key).toList();
    if (keys.containsAll(List.of(SettingKey.MIN_CRF, SettingKey.MAX_CRF))) {
      defaults().changed(builder -> set.forEach(builder::set));
    }
  }

  /**
   * These settings with the wishes of one request laid over them, and without what its goal gives
   * up: presets, lower targets and poor savings.
   */
  public QualitySettings with(Wishes wishes) {
    return changed(builder -> builder.wish(wishes)).changed(QualityBuilder::giveUpWhatTheGoalDoes);
  }

  /**
   * These settings in the terms of one encoder: its presets, and its scale, narrowed where somebody
   * has narrowed it and the encoder has something of what was left.
   */
  QualitySettings fittedTo(Encoder encoder) {
    return encoder == Encoder.LIBSVTAV1 ? this : changed(builder -> builder.fit(encoder));
  }

  private QualitySettings changed(Consumer<QualityBuilder> change) {
    QualityBuilder builder = new QualityBuilder(this);
    change.accept(builder);
    return builder.build();
  }
}
