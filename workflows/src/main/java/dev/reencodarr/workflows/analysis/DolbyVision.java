package dev.reencodarr.workflows.analysis;

import java.util.Optional;

/**
 * What the configuration record of a Dolby Vision video says.
 *
 * @param profile such as 5, 7 or 8; 0 where there is no Dolby Vision, or no record of it
 * @param base what its base layer is without Dolby Vision: 1 and 6 HDR10, 2 SDR, 4 HLG, 0 nothing
 *     that can be shown
 * @param hdr10Plus whether there is HDR10+ metadata beside it
 */
public record DolbyVision(int profile, int base, boolean hdr10Plus) {

  private static final int BLU_RAY = 7;
  private static final int STREAMING = 8;

  /**
   * What is shown without Dolby Vision; empty where that is no picture for eyes, or where nothing
   * is known of it.
   */
  public Optional<HdrKind> baseRange() {
    if (profile != BLU_RAY && profile != STREAMING) {
      return Optional.empty();
    }
    return switch (base) {
      case 1, 6 -> Optional.of(HdrKind.HDR10);
      case 2 -> Optional.of(HdrKind.SDR);
      case 4 -> Optional.of(HdrKind.HLG);
      default -> Optional.empty();
    };
  }

  /** Nothing is known of any. */
  public static DolbyVision none() {
    return new DolbyVision(0, 0, false);
  }
}
