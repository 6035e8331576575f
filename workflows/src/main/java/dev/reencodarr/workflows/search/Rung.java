package dev.reencodarr.workflows.search;

/**
 * One attempt of a search: a preset and a target. Rungs of the same preset share their points.
 *
 * @param setting what probes of this rung are made with; the key of its points
 */
public record Rung(int preset, double target, SearchPolicy policy, ProbeSetting setting) {

  /** The same without cheap looks. */
  public Rung withoutLooks() {
    return new Rung(preset, target, policy.withoutLooks(), setting);
  }

  /** What a measurement of this rung is made with. */
  public ProbeSetting settingOf(SearchStep.Measurement step) {
    return switch (step) {
      case SearchStep.Probe probe -> setting;
      case SearchStep.Look look -> setting.ofLooks();
    };
  }
}
