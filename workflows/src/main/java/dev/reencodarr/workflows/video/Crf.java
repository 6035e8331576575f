package dev.reencodarr.workflows.video;

import java.math.BigDecimal;

/** How a CRF is written: 27.25, 30. */
final class Crf {

  private Crf() {}

  static String text(double crf) {
    return BigDecimal.valueOf(crf).stripTrailingZeros().toPlainString();
  }
}
