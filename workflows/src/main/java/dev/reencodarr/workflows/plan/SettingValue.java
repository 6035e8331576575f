package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.HardLinks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting as it is in force.
 *
 * @param text as it was written; the elements of a list with ", " between them
 * @param origin where it comes from: {@code default}, a file with its line, a variable
 */
public record SettingValue(SettingKey key, String text, String origin) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3})");
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]i?)?B?");

  /** Whether it says what the default says, however it is written. */
  public boolean saysTheDefault() {
    return plain().equals(new SettingValue(key, key.standard(), origin).plain());
  }

  /** What it says, in one way however it was written: {@code 8, 6} for {@code [8.0,6]}. */
  public String plain() {
    boolean isYesOrNo = key.standard().equals("true") || key.standard().equals("false");
    return isYesOrNo
        ? Boolean.toString(yes())
        : words().stream().map(SettingValue::plainWord).collect(Collectors.joining(", "));
  }

  private static String plainWord(String word) {
    return NUMBER.matcher(word).matches()
        ? new BigDecimal(word).stripTrailingZeros().toPlainString()
        : word.toLowerCase(Locale.ROOT);
  }

  /** The text; empty where nothing is set. */
  public Optional<String> optional() {
    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
  }

  /**
   * A whole number.
   *
   * @throws SettingsInvalid if it is none, or not within the bounds, which are allowed
   */
  public int whole(int least, int most) {
    return parsed(
        "a whole number from " + least + " to " + most,
        strip -> within(Integer.parseInt(strip), least, most));
  }

  /**
   * An even number of pixels, or 0 for none.
   *
   * @throws SettingsInvalid if it is something else
   */
  public int evenWidth(int least, int most) {
    return parsed(
        "0 or an even whole number from " + least + " to " + most,
        strip -> {
          int width = Integer.parseInt(strip);
          return width == 0 ? 0 : even(within(width, least, most));
        });
  }

  private static int even(int number) {
    if (number % 2 != 0) {
      throw new IllegalArgumentException(number + " is odd");
    }
    return number;
  }

  /**
   * A number.
   *
   * @throws SettingsInvalid if it is none, or not within the bounds, which are allowed
   */
  public double number(double least, double most) {
    return parsed(
        "a number from " + plain(least) + " to " + plain(most),
        strip -> {
          double value = Double.parseDouble(strip);
          if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException();
          }
          return value;
        });
  }

  /**
   * Yes or no.
   *
   * @throws SettingsInvalid if it is neither
   */
  public boolean yes() {
    return parsed(
        "true or false",
        strip ->
            switch (strip.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /**
   * A size in bytes, written such as 5GiB.
   *
   * @throws SettingsInvalid if it is none
   */
  public long bytes() {
    return parsed("a size such as 5GiB", SettingValue::size);
  }

  Goal goal() {
    return parsed("space, time or balanced", strip -> Goal.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  SizeLimit sizeLimit() {
    return parsed(
        "off, a size such as 10GiB, or a percentage such as 60%",
        strip -> {
          if (strip.equalsIgnoreCase("off")) {
            return SizeLimit.off();
          }
          SizeLimit limit =
              strip.endsWith("%")
                  ? new SizeLimit(
                      SizeLimit.Unit.PERCENT,
                      Double.parseDouble(strip.substring(0, strip.length() - 1)))
                  : new SizeLimit(SizeLimit.Unit.BYTES, size(strip));
          if (!(limit.amount() > 0 && limit.amount() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException();
          }
          return limit;
        });
  }

  Metric metric() {
    return parsed("vmaf or xpsnr", strip -> Metric.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  ScorePool scorePool() {
    return parsed(
        "mean, worst or a percentile such as p10",
        strip ->
            switch (strip.toLowerCase(Locale.ROOT)) {
              case "mean" -> ScorePool.mean();
              case "worst" -> ScorePool.worst();
              default -> {
                Matcher matcher = PERCENTILE.matcher(strip);
                if (!matcher.matches()) {
                  throw new IllegalArgumentException();
                }
                yield new ScorePool(within(Integer.parseInt(matcher.group(1)), 0, 100));
              }
            });
  }

  ResultCheck resultCheck() {
    return parsed(
        "off, segments or whole", strip -> ResultCheck.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  Treatment.Tune tune() {
    return parsed(
        "standard, vq, psnr or ssim",
        strip -> Treatment.Tune.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  Treatment.ContainerChoice container() {
    return parsed(
        "keep, matroska or mp4",
        strip -> Treatment.ContainerChoice.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  Treatment.AudioChoice audio() {
    return parsed(
        "copy or opus", strip -> Treatment.AudioChoice.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  Scaling.Against scaledAgainst() {
    return parsed(
        "source or scaled", strip -> Scaling.Against.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  HardLinks hardLinks() {
    return parsed(
        "skip, defer or allow", strip -> HardLinks.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  OnBrokenSource onBrokenSource() {
    return parsed(
        "keep or redownload", strip -> OnBrokenSource.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  Review review() {
    return parsed("none or hold", strip -> Review.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  /** Whether it says this word; {@code skip} is the other. */
  boolean orSkip(String word) {
    return parsed(
        "skip or " + word,
        strip -> {
          String lower = strip.toLowerCase(Locale.ROOT);
          if (!lower.equals(word) && !lower.equals("skip")) {
            throw new IllegalArgumentException();
          }
          return lower.equals(word);
        });
  }

  LadderEnd ladderEnd() {
    return parsed("skip or fail", strip -> LadderEnd.valueOf(strip.toUpperCase(Locale.ROOT)));
  }

  /**
   * A text that matches.
   *
   * @param wanted what the pattern means, for people
   * @throws SettingsInvalid if it does not
   */
  public String matching(String wanted, Pattern pattern) {
    return parsed(
        wanted,
        strip -> {
          if (!pattern.matcher(strip).matches()) {
            throw new IllegalArgumentException();
          }
          return strip;
        });
  }

  /** The elements of a list. */
  public List<String> words() {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  List<Integer> wholes(int least, int most) {
    return parsed(
        "one or more whole numbers from " + least + " to " + most,
        strip -> {
          List<Integer> values =
              words().stream().map(word -> within(Integer.parseInt(word), least, most)).toList();
          if (values.isEmpty()) {
            throw new IllegalArgumentException();
          }
          return values;
        });
  }

  /** Tiers from the largest size down, written {@code 60GiB=91, 40GiB=92}. */
  List<TargetRule.Tier> tiers() {
    return parsed(
        "sizes with their targets from the largest down, such as 60GiB=91, 40GiB=92",
        strip -> {
          List<TargetRule.Tier> tiers = new ArrayList<>();
          for (String word : words()) {
            String[] parts = word.split("=", -1);
            long size = size(parts[0].strip());
            double target = Double.parseDouble(parts[1].strip());
            boolean descending = tiers.isEmpty() || tiers.getLast().overBytes() > size;
            if (parts.length != 2 || !descending || !(target >= 0 && target <= 100)) {
              throw new IllegalArgumentException();
            }
            tiers.add(new TargetRule.Tier(size, target));
          }
          return List.copyOf(tiers);
        });
  }

  <T> T parsed(String wanted, Function<String, T> parser) {
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SettingsInvalid(
          origin + ": " + key.key() + " is '" + text + "', but must be " + wanted, e);
    }
  }

  private static int within(int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    String unit = Optional.ofNullable(matcher.group(2)).orElse("");
    double base = unit.endsWith("i") ? 1024 : 1000;
    int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1;
    return Math.round(Double.parseDouble(matcher.group(1)) * Math.pow(base, power));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
