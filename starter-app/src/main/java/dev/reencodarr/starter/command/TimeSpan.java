package dev.reencodarr.starter.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people write it: 30s, 5m, 1h, 2d. */
final class TimeSpan {

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smhd])");

  private TimeSpan() {}

  /**
   * @param option that holds it, for people
   */
  static Duration parse(String option, String text) throws CommandFailed {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw CommandFailed.usage(option + " must be like 30s, 5m, 1h or 2d, not " + text);
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
