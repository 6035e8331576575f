package dev.reencodarr.activities.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What of a file decides which samples of it are taken, as ab-av1 reads it.
 *
 * @param nanos of the container's duration
 * @param frameRate of the first video stream, frames a second; above 0
 * @param bytes of the file
 */
record FilmLength(long nanos, double frameRate, long bytes) {

  private static final int NANO_DIGITS = 9;

  /**
   * From ffprobe's answer with the video streams and the format.
   *
   * @return empty where ab-av1 would not know it either
   */
  static Optional<FilmLength> of(JsonNode answer) {
    double rate = frameRate(answer.path("streams").path(0));
    try {
      long nanos = nanos(answer.path("format").path("duration").asText());
      long bytes = Long.parseLong(answer.path("format").path("size").asText());
      return rate > 0 && nanos > 0
          ? Optional.of(new FilmLength(nanos, rate, bytes))
          : Optional.empty();
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Nanoseconds of what ffprobe calls a duration, such as {@code 210.233000}. */
  static long nanos(String seconds) {
    return new BigDecimal(seconds)
        .movePointRight(NANO_DIGITS)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  double seconds() {
    return nanos / 1e9;
  }

  private static double frameRate(JsonNode video) {
    double average = fraction(video.path("avg_frame_rate").asText());
    return average > 0 ? average : fraction(video.path("r_frame_rate").asText());
  }

  /** 0 for what is no rate, such as {@code 0/0}. */
  private static double fraction(String text) {
    String[] parts = text.split("/", 2);
    try {
      double above = Double.parseDouble(parts[0]);
      double below = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
      return above > 0 && below > 0 ? above / below : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
