package dev.reencodarr.bench.search;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.workflows.forecast.Typical;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.CrfSearch;
import dev.reencodarr.workflows.search.Ladder;
import dev.reencodarr.workflows.search.PresetCurve;
import dev.reencodarr.workflows.search.Rung;
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

  Searched search(Path film) throws NoFigure, IOException, InterruptedException {
    Metric metric = plan.quality().scoring().metric();
    Seed seed =
        Seeds.of(Seed.Origin.SEASON, remembers ? before : List.of(), metric, plan.target())
            .expecting(Typical.percentAtTarget(Seasons.facts(film)));
    PresetCurve first = PresetCurve.unknown(seed);
    Map<Integer, PresetCurve> presets = new HashMap<>();
    presets.put(plan.quality().presets().getFirst(), first);
    PresetCurve latest = first;
    Tally tally = new Tally();
    OptionalDouble crf = OptionalDouble.empty();
    for (Rung rung : Ladder.rungs(plan, Files.size(film))) {
      Seed learnt = latest.seedOfNext(rung.target(), metric);
      latest = presets.computeIfAbsent(rung.preset(), preset -> PresetCurve.unknown(learnt));
      SearchStep end = climb(film, rung, latest, tally);
      if (end instanceof SearchStep.Found found) {
        crf = OptionalDouble.of(found.point().crf());
      }
      if (crf.isPresent() || end instanceof SearchStep.Hopeless) {
        break;
      }
    }
    if (!first.points().isEmpty()) {
      before.add(new SearchedVideo(film.getFileName().toString(), 1, first.points()));
    }
    return tally.of(crf);
  }

  private SearchStep climb(Path film, Rung rung, PresetCurve known, Tally tally)
      throws NoFigure, IOException, InterruptedException {
    SearchStep step = CrfSearch.next(known.now(), rung.policy());
    while (step instanceof SearchStep.Measurement wanted) {
      Tools.Probed probed = tools.probe(film, rung.settingOf(wanted), wanted.crf());
      tally.add(wanted, probed);
      known.add(wanted, probed.point());
      step = CrfSearch.next(known.now(), rung.policy());
    }
    return step;
  }

  /** What a file has taken. */
  private static final class Tally {
    private int probes = 0;
    private int looks = 0;
    private double seconds = 0;
    private double cpuSeconds = 0;

    void add(SearchStep.Measurement wanted, Tools.Probed probed) {
      probes++;
      looks += wanted instanceof SearchStep.Look ? 1 : 0;
      seconds += probed.seconds();
      cpuSeconds += probed.cpuSeconds();
    }

    Searched of(OptionalDouble crf) {
      return new Searched(crf, probes, looks, seconds, cpuSeconds);
    }
  }
}
