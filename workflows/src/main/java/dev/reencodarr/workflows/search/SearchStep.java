package dev.reencodarr.workflows.search;

/** What a search does next, given what it knows. */
public sealed interface SearchStep {

  /** A CRF is to be measured. */
  sealed interface Measurement extends SearchStep {
    double crf();
  }

  /**
   * Measure this CRF.
   *
   * @param chance that it settles the search, 0 to 1
   */
  record Probe(double crf, double chance) implements Measurement {}

  /** Measure this CRF cheaply: it is more likely to be missed than to be found. */
  record Look(double crf) implements Measurement {}

  /** Done: the highest CRF on the grid known to reach the target. */
  record Found(SearchPoint point) implements SearchStep {}

  /** No CRF of the range reaches the target with this preset. */
  record NotReachable() implements SearchStep {}

  /** The target is reached only by results that save too little. */
  record TooLarge() implements SearchStep {}

  /** Not even the floor target could save enough, whatever CRF: later rungs are pointless. */
  record Hopeless() implements SearchStep {}
}
