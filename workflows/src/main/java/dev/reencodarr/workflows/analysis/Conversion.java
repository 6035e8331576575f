package dev.reencodarr.workflows.analysis;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What may be given up of a film so that it can be encoded; nothing, unless somebody says so. */
public enum Conversion {
  /** Two fields become one frame. */
  DEINTERLACE,
  /** Of several films the first is encoded, the others stay as they are. */
  FIRST_FILM,
  /** The brightness that HDR10+ names for each scene is lost. */
  HDR10_PLUS_TO_HDR10,
  /** Dolby Vision is lost, what players without it show stays. */
  DOLBY_VISION_TO_BASE_LAYER,
  /** Colours get half the resolution that they have. */
  CHROMA_TO_420;

  /** A set of them that is always in the same order. */
  public static Set<Conversion> set(Collection<Conversion> conversions) {
    Set<Conversion> set = EnumSet.noneOf(Conversion.class);
    set.addAll(conversions);
    return Collections.unmodifiableSet(set);
  }
}
