package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.media.MediaPath;

/** What is usual for films like one, before anything of them is measured. */
public final class Typical {

  private Typical() {}

  /**
   * The size at its target that the facts of a film let expect, in percent of the source; as often
   * too much as too little, and often off by half.
   *
   * @param root of its library
   * @return 0 where the facts do not tell
   */
  public static double percentAtTarget(MediaPath path, MediaPath root, MediaFacts facts) {
    return Source.of(path, root, facts).map(Typical::percentAtTarget).orElse(0.0);
  }

  /** The same of what is known in figures. */
  public static double percentAtTarget(Source source) {
    double expected = Features.logBitsPerPixel(Features.of(source), Features.priorMean());
    return 100 * StrictMath.exp(expected) / source.bitsPerPixel();
  }
}
