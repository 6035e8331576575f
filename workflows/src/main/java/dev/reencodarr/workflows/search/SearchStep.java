package dev.reencodarr.workflows.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a search does next, given what it knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SearchStep.Probe.class, name = "probe"),
  @JsonSubTypes.Type(value = SearchStep.Look.class, name = "look"),
  @JsonSubTypes.Type(value = SearchStep.Found.class, name = "found"),
  @JsonSubTypes.Type(value = SearchStep.NotReachable.class, name = "not_reachable"),
  @JsonSubTypes.Type(value = SearchStep.TooLarge.class, name = "too_large"),
  @JsonSubTypes.Type(value = SearchStep.Hopeless.class, name = "hopeless")
})
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
