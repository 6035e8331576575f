package dev.reencodarr.bench.search;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.CrfSearch;
import dev.reencodarr.workflows.search.Known;
import dev.reencodarr.workflows.search.Ladder;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchStep;
import dev.reencodarr.workflows.search.SearchedVideo;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Our search with the real tools: the steps of the workflow's own policy, rung after rung, each
 * file taught by those before it.
 */
final class SeededSearch {

  private final Tools tools;
  private final EncodePlan plan;
  private final boolean remembers;
  private final List<SearchedVideo> before = new ArrayList<>();

  /**
   * @param remembers whether a file learns from those before
   */
  SeededSearch(Tools tools, EncodePlan plan, boolean remembers) {
    this.tools = tools;
    this.plan = plan;
    this.remembers = remembers;
  }

  /** What is known of one preset's curve. */
  private record Measured(List<SearchPoint> points, List<SearchPoint> looks, Seed seed) {}

  Searched search(Path film) throws NoFigure, IOException, InterruptedException {
    Metric metric = plan.quality().scoring().metric();
    Seed seed = Seeds.of(Seed.Origin.SEASON, remembers ? before : List.of(), metric, plan.target());
    Measured first = new Measured(new ArrayList<>(), new ArrayList<>(), seed);
    Map<Integer, Measured> presets = new HashMap<>();
    presets.put(plan.quality().presets().getFirst(), first);
    Tally tally = new Tally();
    OptionalDouble crf = OptionalDouble.empty();
    for (Rung rung : Ladder.rungs(plan, Files.size(film))) {
      Seed now = seed;
      Measured known =
          presets.computeIfAbsent(
              rung.preset(), preset -> new Measured(new ArrayList<>(), new ArrayList<>(), now));
      SearchStep end = climb(film, rung, known, tally);
      if (end instanceof SearchStep.Found found) {
        crf = OptionalDouble.of(found.point().crf());
      }
      if (crf.isPresent() || end instanceof SearchStep.Hopeless) {
        break;
      }
      seed = known.seed().afterPreset(known.points(), known.looks(), rung.target(), metric);
    }
    if (!first.points().isEmpty()) {
      before.add(new SearchedVideo(film.getFileName().toString(), 1, first.points()));
    }
    return tally.of(crf);
  }

  private SearchStep climb(Path film, Rung rung, Measured known, Tally tally)
      throws NoFigure, IOException, InterruptedException {
    while (true) {
      SearchStep step =
          CrfSearch.next(new Known(known.points(), known.looks(), known.seed()), rung.policy());
      switch (step) {
        case SearchStep.Probe probe ->
            known.points().add(tally.probed(tools.probe(film, rung.setting(), probe.crf())));
        case SearchStep.Look look ->
            known
                .looks()
                .add(tally.looked(tools.probe(film, rung.setting().ofLooks(), look.crf())));
        case SearchStep.Found found -> {
          return found;
        }
        case SearchStep.NotReachable none -> {
          return none;
        }
        case SearchStep.TooLarge tooLarge -> {
          return tooLarge;
        }
        case SearchStep.Hopeless hopeless -> {
          return hopeless;
        }
      }
    }
  }

  /** What a file has taken. */
  private static final class Tally {
    private int probes = 0;
    private int looks = 0;
    private double seconds = 0;
    private double cpuSeconds = 0;

    SearchPoint probed(Tools.Probed probed) {
      probes++;
      seconds += probed.seconds();
      cpuSeconds += probed.cpuSeconds();
      return probed.point();
    }

    SearchPoint looked(Tools.Probed look) {
      looks++;
      return probed(look);
    }

    Searched of(OptionalDouble crf) {
      return new Searched(crf, probes, looks, seconds, cpuSeconds);
    }
  }
}
