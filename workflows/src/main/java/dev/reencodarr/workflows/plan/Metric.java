package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.PlainNumber;
import java.util.Locale;

/**
 * By what a picture is compared with its source; scores of different metrics are never compared.
 */
public enum Metric {
  /** 0 to 100. */
  VMAF("VMAF", "") {
    @Override
    public double lossOf(double score) {
      return StrictMath.log(Math.max(LEAST_VMAF_LOSS, 100 - score));
    }

    @Override
    public double floorFor(double target) {
      return Math.min(target, Math.max(LOWEST_VMAF_FLOOR, target - 2));
    }
  },
  /** In dB, about 20 (poor) to 60. */
  XPSNR("XPSNR", " dB") {
    @Override
    public double lossOf(double score) {
      return -score * NEPERS_PER_DB;
    }

    @Override
    public double floorFor(double target) {
      return target - 1;
    }
  };

  /** VMAF is clipped near 100: there a curve says little, and closer than this nothing. */
  private static final double LEAST_VMAF_LOSS = 0.3;

  private static final double LOWEST_VMAF_FLOOR = 90;

  /** The logarithm of an error's energy falls by so much with each dB. */
  private static final double NEPERS_PER_DB = StrictMath.log(10) / 10;

  private final String text;
  private final String unit;

  Metric(String text, String unit) {
    this.text = text;
    this.unit = unit;
  }

  /**
   * The natural logarithm of what is lost, which rises with the CRF close to a straight line: of
   * VMAF the points that are missing to 100, of XPSNR the energy of the error.
   */
  public abstract double lossOf(double score);

  /**
   * The lowest target that the ladder may come down to: of VMAF two below the target, never below
   * 90; of XPSNR one dB below.
   */
  public abstract double floorFor(double target);

  /** A score of it for people, such as {@code VMAF 95.12} or {@code XPSNR 40.12 dB}. */
  public String text(double score, int decimals) {
    return String.format(Locale.ROOT, "%s %." + decimals + "f%s", text, score, unit);
  }

  /** A target of it for people, such as {@code VMAF 95} or {@code XPSNR 40.5 dB}. */
  public String textOfTarget(double target) {
    return text + " " + PlainNumber.text(target) + unit;
  }

  /** Its name, for people. */
  public String text() {
    return text;
  }

  /** What stands behind a figure of it: {@code " dB"} or nothing. */
  public String unit() {
    return unit;
  }
}
