package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How one source is to be decoded.
 *
 * @param by what, where the machine has proved it
 * @param deep whether it has more than 8 bits
 */
public record SourceDecoding(Decoding by, boolean deep) {

  private static final Pattern MORE_THAN_EIGHT_BITS = Pattern.compile("(9|1[0-6])[lb]e$");

  /** Whatever it is. */
  public static SourceDecoding onCpu() {
    return new SourceDecoding(Decoding.NONE, false);
  }

  /** What the settings wish for a film. */
  public static SourceDecoding of(QualitySettings quality, MediaStream.Video film) {
    return new SourceDecoding(quality.hardware().decoding(), isDeep(film));
  }

  static boolean isDeep(MediaStream.Video film) {
    return MORE_THAN_EIGHT_BITS.matcher(film.pixelFormat()).find();
  }

  /**
   * ab-av1's arguments on a machine.
   *
   * @param proved what it can decode by
   */
  public List<String> arguments(List<Decoding> proved) {
    return by.on(proved).arguments(deep);
  }
}
