package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules over the settings of a machine: what is to be done with each file. */
public final class VideoRules {

  private final Map<SettingKey, SettingValue> settings;
  private final QualitySettings usual;
  private final RuleSet rules;
  private final @Nullable String unreadable;

  /**
   * @param settings of the machine; those that are not of videos are passed over
   */
  public VideoRules(Collection<SettingValue> settings, RuleSet rules) {
    this(settings, rules, null);
  }

  private VideoRules(
      Collection<SettingValue> settings, RuleSet rules, @Nullable String unreadable) {
    this.settings = ofVideos(settings);
    this.usual = QualitySettings.defaults().with(this.settings.values());
    this.rules = rules;
    this.unreadable = unreadable;
  }

  /** In the place of rules that cannot be read: no file is touched. */
  public static VideoRules unreadable(Collection<SettingValue> settings, RulesInvalid why) {
    return new VideoRules(
        settings,
        RuleSet.none(),
        "this version cannot read the rules: " + why.problems().getFirst());
  }

  private static Map<SettingKey, SettingValue> ofVideos(Collection<SettingValue> settings) {
    Map<SettingKey, SettingValue> values = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      if (key.isOfVideos()) {
        values.put(key, new SettingValue(key, key.standard(), "default"));
      }
    }
    settings.stream()
        .filter(value -> value.key().isOfVideos())
        .forEach(value -> values.put(value.key(), value));
    return values;
  }

  /** The rules. */
  public RuleSet rules() {
    return rules;
  }

  /** The settings of files of which no rule says anything. */
  public QualitySettings usual() {
    return usual;
  }

  /**
   * What is to be done with a file.
   *
   * @param line what comes of it whatever one request wishes, to be kept
   * @param settings as the request wishes
   */
  public record Decided(String line, FileSettings settings) {}

  /** Asks the rules once, for what is kept and for what a request wishes. */
  public Decided decide(RuledFile file, Wishes wishes) {
    Ruling ruling = ruling(file);
    return new Decided(settings(ruling, Wishes.none()).decision(file), settings(ruling, wishes));
  }

  /** What is to be done with a file that a request with these wishes has named. */
  public FileSettings settingsOf(RuledFile file, Wishes wishes) {
    return settings(ruling(file), wishes);
  }

  private Ruling ruling(RuledFile file) {
    return unreadable == null ? rules.rule(file) : Ruling.fault(unreadable);
  }

  private FileSettings settings(Ruling ruling, Wishes wishes) {
    Map<SettingKey, SettingValue> values = new EnumMap<>(settings);
    ruling.set().forEach(value -> values.put(value.key(), value));
    overrule(values, ruling, wishes);
    try {
      return new FileSettings(
          usual.with(ruling.set()).with(wishes),
          List.copyOf(values.values()),
          priority(ruling, wishes),
          ruling.profile(),
          ruling.fault().map(VideoRules::undecidable).or(() -> skip(ruling)),
          ruling.skipping().map(Ruling.Skipping::origin));
    } catch (SettingsInvalid e) {
      // Each rule by itself is sound; together they are not.
      return new FileSettings(
          usual.with(wishes),
          List.copyOf(settings.values()),
          priority(ruling, wishes),
          ruling.profile(),
          Optional.of(undecidable("the rules contradict each other: " + e.getMessage())),
          Optional.empty());
    }
  }

  /** A request that wishes for no other than the usual one leaves it to the rules. */
  private static FileSettings.Priority priority(Ruling ruling, Wishes wishes) {
    int usual = Wishes.none().priority();
    return wishes.priority() == usual
        ? ruling.priority().orElse(new FileSettings.Priority(usual, "default"))
        : new FileSettings.Priority(wishes.priority(), "request");
  }

  /** Shows what the request, or a target for every size, puts in the place of what was set. */
  private static void overrule(Map<SettingKey, SettingValue> values, Ruling ruling, Wishes wishes) {
    boolean targetIsRuled =
        ruling.set().stream().anyMatch(value -> value.key() == SettingKey.VMAF_TARGET)
            && ruling.set().stream()
                .noneMatch(value -> value.key() == SettingKey.VMAF_TARGETS_OF_LARGE);
    if (targetIsRuled) {
      putNoTiers(values, values.getOrDefault(SettingKey.VMAF_TARGET, noTiers("")).origin());
    }
    wishes
        .goal()
        .ifPresent(goal ->
            values.put(
                SettingKey.GOAL,
                new SettingValue(
                    SettingKey.GOAL, goal.name().toLowerCase(Locale.ROOT), "request")));
    wishes
        .target()
        .ifPresent(target -> {
          String text = PlainNumber.text(target);
          values.put(
              SettingKey.VMAF_TARGET, new SettingValue(SettingKey.VMAF_TARGET, text, "request"));
          values.put(
              SettingKey.XPSNR_TARGET, new SettingValue(SettingKey.XPSNR_TARGET, text, "request"));
          putNoTiers(values, "request");
        });
  }

  private static void putNoTiers(Map<SettingKey, SettingValue> values, String origin) {
    values.put(SettingKey.VMAF_TARGETS_OF_LARGE, noTiers(origin));
  }

  private static SettingValue noTiers(String origin) {
    return new SettingValue(SettingKey.VMAF_TARGETS_OF_LARGE, "", origin);
  }

  private static Optional<Skip> skip(Ruling ruling) {
    return ruling
        .skipping()
        .flatMap(skipping ->
            switch (skipping.verdict()) {
              case Rule.Verdict.LeaveAlone alone ->
                  Optional.of(new Skip(alone.reason(), "by " + skipping.origin()));
              case Rule.Verdict.Take() -> Optional.empty();
            });
  }

  private static Skip undecidable(String why) {
    return new Skip(SkipReason.RULES_FAIL, why);
  }
}
