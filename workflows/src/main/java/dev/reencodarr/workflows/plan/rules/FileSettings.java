package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done with one file: the settings of machine, rules and request in one.
 *
 * @param quality how it would be searched and encoded
 * @param values every setting of videos, with where it comes from, in the order of the keys
 * @param priority among the videos that wait
 * @param profile that a rule named; empty: none
 * @param skip why a rule leaves the file alone; empty: it does not
 * @param skipOrigin the rule that left it alone, or had it taken whatever later rules say; empty:
 *     none spoke of it
 */
public record FileSettings(
    QualitySettings quality,
    List<SettingValue> values,
    Priority priority,
    Optional<String> profile,
    Optional<Skip> skip,
    Optional<String> skipOrigin) {

  /**
   * A turn among the videos that wait.
   *
   * @param value 1 (first) to 5 (last)
   * @param origin the rule or the request that gave it, or {@code default}
   */
  public record Priority(int value, String origin) {}

  /** The plan of the file. What cannot be encoded without loss is skipped whatever rules say. */
  public Planned plan(MediaPath source, FileFacts file, MediaFacts media) {
    return switch (EncodePlanner.plan(source, file, media, quality)) {
      case Planned.Skip needs -> needs;
      case Planned.Encode encode ->
          skip.<Planned>map(left -> new Planned.Skip(left.reason(), left.detail())).orElse(encode);
    };
  }

  /** What becomes of a file, in one line. */
  public String decision(RuledFile file) {
    return inOneLine(plan(file.path(), file.file(), file.media()));
  }

  /**
   * The plan in one line, to be compared with one of another day: a skip with its reason, or an
   * encode with its target and with all that differs from the defaults.
   */
  public String inOneLine(Planned planned) {
    return switch (planned) {
      case Planned.Skip left -> lineOf(left.reason());
      case Planned.Encode encode -> "encode: " + of(encode.plan());
    };
  }

  /** The line of a file that is left alone. */
  public static String lineOf(SkipReason reason) {
    return "skip: " + reason.code();
  }

  private String of(EncodePlan plan) {
    return Stream.concat(
            Stream.of(
                plan.encoder().ffmpegName(),
                plan.quality().scoring().metric().textOfTarget(plan.target())),
            values.stream()
                .filter(value -> !isTarget(value.key()))
                .filter(value -> changesResults(value.key()))
                .filter(value -> !value.saysTheDefault())
                .map(value -> value.key().key() + " " + value.plain()))
        .collect(Collectors.joining(", "));
  }

  private static boolean changesResults(SettingKey key) {
    return key != SettingKey.DECODING && key != SettingKey.BROKEN_SOURCE;
  }

  private static boolean isTarget(SettingKey key) {
    return switch (key) {
      case VMAF_TARGET, VMAF_TARGETS_OF_LARGE, XPSNR_TARGET, METRIC -> true;
      default -> false;
    };
  }
}
