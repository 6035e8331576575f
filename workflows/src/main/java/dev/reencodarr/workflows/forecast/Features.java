package dev.reencodarr.workflows.forecast;

import java.util.List;
import java.util.Map;

/**
 * What of a video's facts tells how many bits a pixel of its result needs, and what is believed of
 * each before anything is measured.
 *
 * <p>The beliefs are common knowledge of codecs: MPEG-2 needs about twice the bits of H.264 for the
 * same picture and HEVC two thirds; at its target SVT-AV1 takes half of a good H.264 film of 0.1
 * bits per pixel (5 Mbit/s at 1080p24), and of a source twice as rich not twice but about one and a
 * half times as much. They are wide: films differ more from each other than codecs do.
 */
final class Features {

  private static final double RICHNESS = 0.1;
  private static final double FULL_HD = 1920 * 1080;
  private static final double FILM_RATE = 24;

  /** Bits of H.264 that show what one bit of the codec shows. */
  private static final Map<String, Double> WORTH =
      Map.of(
          "mpeg1video", 0.4,
          "mpeg2video", 0.5,
          "mpeg4", 0.7,
          "msmpeg4v3", 0.6,
          "vc1", 0.9,
          "hevc", 1.5,
          "vp9", 1.4);

  private static final List<String> FAMILIES = List.of("mpeg2video", "mpeg4", "hevc", "vp9");

  /** Level, richness, resolution, frame rate, dynamic range, and one for each family of codecs. */
  static final int COUNT = 5 + FAMILIES.size();

  /** Which of them is the richness of the source. */
  static final int OF_RICHNESS = 1;

  private static final double LEVEL_SPREAD = 0.5;
  private static final double RICHNESS_POWER = 0.6;
  private static final double RICHNESS_SPREAD = 0.15;
  private static final double RESOLUTION_SPREAD = 0.15;
  private static final double RATE_POWER = -0.3;
  private static final double RATE_SPREAD = 0.2;
  private static final double RANGE_SPREAD = 0.2;
  private static final double FAMILY_SPREAD = 0.25;

  private Features() {}

  static double[] of(Source source) {
    double[] values = new double[COUNT];
    double worth = WORTH.getOrDefault(source.codec(), 1.0);
    values[0] = 1;
    values[OF_RICHNESS] = Math.log(source.bitsPerPixel() * worth / RICHNESS);
    values[2] = Math.log((double) source.width() * source.height() / FULL_HD);
    values[3] = Math.log(source.framesPerSecond() / FILM_RATE);
    values[4] = source.hdr() ? 1 : 0;
    int family = FAMILIES.indexOf(source.codec());
    if (family >= 0) {
      values[5 + family] = 1;
    }
    return values;
  }

  /** What facts come to with these weights: bits for a pixel, as a logarithm. */
  static double logBitsPerPixel(double[] facts, double[] weights) {
    double sum = 0;
    for (int fact = 0; fact < COUNT; fact++) {
      sum += weights[fact] * facts[fact];
    }
    return sum;
  }

  static double[] priorMean() {
    double[] mean = new double[COUNT];
    mean[0] = Math.log(RICHNESS / 2);
    mean[OF_RICHNESS] = RICHNESS_POWER;
    mean[3] = RATE_POWER;
    return mean;
  }

  static double[] priorSpread() {
    double[] spread = new double[COUNT];
    spread[0] = LEVEL_SPREAD;
    spread[OF_RICHNESS] = RICHNESS_SPREAD;
    spread[2] = RESOLUTION_SPREAD;
    spread[3] = RATE_SPREAD;
    spread[4] = RANGE_SPREAD;
    for (int family = 0; family < FAMILIES.size(); family++) {
      spread[5 + family] = FAMILY_SPREAD;
    }
    return spread;
  }
}
