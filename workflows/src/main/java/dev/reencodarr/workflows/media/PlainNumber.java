package dev.reencodarr.workflows.media;

import java.math.BigDecimal;

/** How a CRF or a target is written: 27.25, 30. */
public final class PlainNumber {

  private PlainNumber() {}

  /** Without an exponent, and without zeros at the end. */
  public static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
