package dev.reencodarr.starter.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
  private static final double STEP = 1000;

  private Figures() {}

  /** Bytes with three digits: {@code 7.83 MB}. */
  public static String bytes(long bytes) {
    if (Math.abs(bytes) < STEP) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (Math.abs(value) >= STEP - 0.5 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    int decimals = Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
    return decimal(value, decimals) + " " + UNITS[unit];
  }

  /** How much smaller the second is than the first. */
  public static String savedPercent(long before, long after) {
    return before == 0 ? "" : decimal(100.0 * (before - after) / before, 1) + " %";
  }

  /** A number with a point, whatever the country. */
  public static String decimal(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Seconds as a clock shows them: {@code 0:07}, {@code 1:02:03}. */
  public static String clock(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toHours() > 0
        ? String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            duration.toHours(),
            duration.toMinutesPart(),
            duration.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  /** A moment to the minute, where the machine is: {@code 2026-11-26 12:00}. */
  public static String minute(Instant moment) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
        .format(moment.atZone(ZoneId.systemDefault()));
  }

  /** A number and its noun: {@code 1 file}, {@code 3 files}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
