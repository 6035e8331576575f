package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.search.PresetCurve;
import dev.reencodarr.workflows.search.ProbeSetting;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchPointActivities;
import dev.reencodarr.workflows.search.Seed;
import dev.reencodarr.workflows.search.SeedRequest;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search knows of its video, preset by preset; each begins with what the one before taught.
 */
final class PresetCurves {

  private static final String SEEDED = "searches-are-seeded";

  private final VideoId video;
  private final SourceIdentity content;
  private final QualitySettings quality;
  private final double expectedPercent;
  private final SearchPointActivities memory;
  private final Map<Integer, PresetCurve> presets = new TreeMap<>();
  private int latest;

  /**
   * @param expectedPercent size at the target that the video's facts let expect; 0: they do not
   * @param memory of points that were measured before
   */
  PresetCurves(
      VideoId video,
      SourceIdentity content,
      QualitySettings quality,
      double expectedPercent,
      SearchPointActivities memory) {
    this.video = video;
    this.content = content;
    this.quality = quality;
    this.expectedPercent = expectedPercent;
    this.memory = memory;
  }

  /**
   * Whether this search has a seed, takes looks, and keeps its decisions. Version 0 began at a
   * typical CRF and decided anew in each replay.
   */
  static boolean areSeeded() {
    return Workflow.getVersion(SEEDED, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  /** The curve of a rung's preset; what is known of it is read when it is first asked for. */
  PresetCurve of(Rung rung) {
    boolean seeded = areSeeded();
    PresetCurve known = presets.get(rung.preset());
    if (known != null) {
      return known;
    }
    PresetCurve read =
        new PresetCurve(
            pointsOf(rung.setting()),
            seeded && rung.policy().costOfLook() < 1
                ? pointsOf(rung.setting().ofLooks())
                : new ArrayList<>(),
            seedOf(rung, seeded));
    presets.put(rung.preset(), read);
    latest = rung.preset();
    return read;
  }

  private List<SearchPoint> pointsOf(ProbeSetting setting) {
    return memory.known(content, setting).stream()
        .map(point -> point.pooled(quality.pool()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Seed seedOf(Rung rung, boolean seeded) {
    PresetCurve before = presets.get(latest);
    if (before != null) {
      return before.seedOfNext(rung.target(), quality.scoring().metric());
    }
    return seeded
        ? memory
            .seed(new SeedRequest(video, rung.setting(), rung.target()))
            .expecting(expectedPercent)
        : Seed.prior(quality.scoring().metric());
  }

  /** The points of all presets that were tried. */
  List<SearchPoint> points() {
    return presets.values().stream().flatMap(known -> known.points().stream()).toList();
  }

  /** The looks at them. */
  List<SearchPoint> looks() {
    return presets.values().stream().flatMap(known -> known.looks().stream()).toList();
  }

  /** Both, preset by preset. */
  List<SearchPoint> measured() {
    return presets.values().stream()
        .flatMap(known -> Stream.concat(known.points().stream(), known.looks().stream()))
        .toList();
  }
}
