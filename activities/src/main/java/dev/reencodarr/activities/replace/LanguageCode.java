package dev.reencodarr.activities.replace;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/**
 * Languages as containers write them: Matroska has the bibliographic codes of ISO 639-2 (ger), MP4
 * the terminological ones (deu), and both call an unknown one {@code und} or nothing.
 */
final class LanguageCode {

  private static final Map<String, String> BIBLIOGRAPHIC =
      Map.ofEntries(
          Map.entry("alb", "sqi"),
          Map.entry("arm", "hye"),
          Map.entry("baq", "eus"),
          Map.entry("bur", "mya"),
          Map.entry("chi", "zho"),
          Map.entry("cze", "ces"),
          Map.entry("dut", "nld"),
          Map.entry("fre", "fra"),
          Map.entry("geo", "kat"),
          Map.entry("ger", "deu"),
          Map.entry("gre", "ell"),
          Map.entry("ice", "isl"),
          Map.entry("mac", "mkd"),
          Map.entry("mao", "mri"),
          Map.entry("may", "msa"),
          Map.entry("per", "fas"),
          Map.entry("rum", "ron"),
          Map.entry("slo", "slk"),
          Map.entry("tib", "bod"),
          Map.entry("wel", "cym"));

  private LanguageCode() {}

  /** One spelling of each language; empty for an unknown one. */
  static String normal(String code) {
    String lower = code.strip().toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.equals("und")) {
      return "";
    }
    if (lower.length() == 2) {
      return threeLetters(lower);
    }
    return BIBLIOGRAPHIC.getOrDefault(lower, lower);
  }

  private static String threeLetters(String two) {
    try {
      return Locale.of(two).getISO3Language();
    } catch (MissingResourceException e) {
      return two;
    }
  }
}
