package dev.reencodarr.workflows.plan;

import java.util.Optional;

/**
 * In which size pictures are compared by VMAF, and by which model: the rule of ab-av1's {@code
 * --vmaf-scale}. The only place that knows it.
 */
public final class VmafSize {

  private VmafSize() {}

  /**
   * The side that meets its bound; the other one follows, so that the shape stays.
   *
   * @param pixels of that side
   */
  public record Bound(boolean isHeight, int pixels) {}

  /** Whether ab-av1 compares pictures of this size by the model for 4k. */
  public static boolean isOf4k(int width, int height) {
    return width > 2560 && height > 1440;
  }

  /**
   * What a picture is enlarged to before it is compared.
   *
   * @param scale {@code auto}, {@code none} or {@code WxH}
   * @return empty where it is compared in its own size
   */
  public static Optional<Bound> enlargement(String scale, int width, int height) {
    return switch (scale) {
      case "none" -> Optional.empty();
      case "auto" -> {
        if (isOf4k(width, height)) {
          yield width < 3456 && height < 1944
              ? Optional.of(bound(width, height, 3840, 2160))
              : Optional.empty();
        }
        yield width < 1728 && height < 972
            ? Optional.of(bound(width, height, 1920, 1080))
            : Optional.empty();
      }
      default -> {
        int x = scale.indexOf('x');
        yield Optional.of(
            bound(
                width,
                height,
                Integer.parseInt(scale.substring(0, x)),
                Integer.parseInt(scale.substring(x + 1))));
      }
    };
  }

  /** The side that is relatively larger meets its bound. */
  private static Bound bound(int width, int height, int mostWidth, int mostHeight) {
    boolean tall = (double) height / mostHeight > (double) width / mostWidth;
    return tall ? new Bound(true, mostHeight) : new Bound(false, mostWidth);
  }
}
