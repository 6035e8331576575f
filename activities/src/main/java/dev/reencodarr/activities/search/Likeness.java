package dev.reencodarr.activities.search;

import dev.reencodarr.activities.store.TeacherRow;

/**
 * How much another video tells about the curve of this one, from 0 to 1: a sibling of the season
 * most, then sources of the same kind of picture, codec and bits.
 */
final class Likeness {

  /** Strangers are believed less than siblings, however alike their figures are. */
  private static final double OF_STRANGERS = 0.5;

  /** Pictures twice as large, or bits twice as many, are about so far apart. */
  private static final double FIGURES = 0.7;

  private static final double OTHER_CODEC = 0.8;
  private static final double OTHER_HDR = 2;
  private static final double OTHER_GROUP = 0.4;

  /** A season holds a pilot from another source at times; it is a sibling all the same. */
  private static final double SIBLINGS_DIFFER_LESS = 0.4;

  private Likeness() {}

  static double of(TeacherRow.Traits one, TeacherRow other) {
    double distance = distance(one, other.traits());
    return other.season() ? bell(SIBLINGS_DIFFER_LESS * distance) : OF_STRANGERS * bell(distance);
  }

  private static double bell(double distance) {
    return Math.exp(-distance * distance / 2);
  }

  private static double distance(TeacherRow.Traits one, TeacherRow.Traits other) {
    double pixels = apart((double) one.pixels(), (double) other.pixels());
    double bits = apart(bitsPerPixel(one), bitsPerPixel(other));
    double codec = one.codec().equals(other.codec()) ? 0 : OTHER_CODEC;
    double hdr = one.hdr().equals(other.hdr()) ? 0 : OTHER_HDR;
    double group = one.releaseGroup().equals(other.releaseGroup()) ? 0 : OTHER_GROUP;
    return Math.sqrt(pixels * pixels + bits * bits + codec * codec + hdr * hdr + group * group);
  }

  private static double bitsPerPixel(TeacherRow.Traits traits) {
    return traits.pixels() == 0 ? 0 : traits.bytesPerSecond() / traits.pixels();
  }

  /** What is not known counts as a figure twice as large. */
  private static double apart(double one, double other) {
    double ratio = one > 0 && other > 0 ? one / other : 2;
    return Math.abs(Math.log(ratio)) / FIGURES;
  }
}
