package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.search.ProbeOutcome;
import dev.reencodarr.workflows.search.Rung;
import dev.reencodarr.workflows.search.SearchPoint;
import dev.reencodarr.workflows.search.SearchRecord;
import dev.reencodarr.workflows.search.SearchStep;
import dev.reencodarr.workflows.search.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a search does, noted as it goes, for the record of it. */
final class SearchLog {

  private final RunKey run;
  private final int pass;
  private final Map<SearchPoint, Double> seconds;
  private final List<SearchRecord.Tried> tried = new ArrayList<>();
  private final List<Seed> seeds = new ArrayList<>();
  private final List<Double> asked = new ArrayList<>();
  private @Nullable Rung open;

  /**
   * @param seconds of what the passes of this run have measured themselves; added to
   */
  SearchLog(RunKey run, int pass, Map<SearchPoint, Double> seconds) {
    this.run = run;
    this.pass = pass;
    this.seconds = seconds;
  }

  /**
   * A rung is begun; one that was not ended has failed.
   *
   * @param isKnown whether something of its curve was ever measured
   */
  void begins(Rung rung, Seed before, boolean isKnown) {
    failsWhatIsOpen();
    open = rung;
    seeds.add(isKnown ? new Seed(Seed.Origin.OWN, 0, List.of(), before.belief()) : before);
  }

  /** The rung is decided. */
  void ends(SearchStep end) {
    switch (end) {
      case SearchStep.Found found ->
          tried.add(closed(SearchRecord.End.FOUND).accepting(found.point()));
      case SearchStep.NotReachable() -> tried.add(closed(SearchRecord.End.NOT_REACHABLE));
      case SearchStep.TooLarge() -> tried.add(closed(SearchRecord.End.TOO_LARGE));
      case SearchStep.Hopeless() -> tried.add(closed(SearchRecord.End.HOPELESS));
      case SearchStep.Measurement step -> throw noEnd(step);
    }
  }

  static IllegalStateException noEnd(SearchStep step) {
    return new IllegalStateException("a search does not end with " + step);
  }

  /** A CRF is to be measured. */
  void asks(double crf) {
    asked.add(crf);
  }

  /** A CRF was measured, or another run had done so a moment ago. */
  void measured(SearchPoint point, ProbeOutcome.Measured probed) {
    if (probed.seconds() > 0) {
      seconds.put(point, probed.seconds());
    }
  }

  /** How many of the points no pass of this run has measured. */
  int known(List<SearchPoint> used) {
    return (int) used.stream().filter(point -> !seconds.containsKey(point)).count();
  }

  /**
   * The record of a search that is over.
   *
   * @param points that it rested on
   * @param looks that it rested on
   */
  SearchRecord record(
      VideoId video,
      SourceIdentity content,
      QualitySettings quality,
      String stopped,
      List<SearchPoint> points,
      List<SearchPoint> looks) {
    failsWhatIsOpen();
    List<SearchPoint> used = new ArrayList<>(points);
    used.addAll(looks);
    return new SearchRecord(
        video,
        run.line(),
        pass,
        content.sampledHash(),
        quality.scoring().metric(),
        quality.pool(),
        start(),
        tried,
        stopped,
        new SearchRecord.Cost(
            points.size(),
            looks.size(),
            known(used),
            used.stream().mapToDouble(point -> seconds.getOrDefault(point, 0.0)).sum()));
  }

  private SearchRecord.Start start() {
    Seed seed = seeds.getFirst();
    return new SearchRecord.Start(
        seed.origin(),
        seed.videos(),
        seed.examples(),
        asked.stream().mapToDouble(Double::doubleValue).findFirst());
  }

  private void failsWhatIsOpen() {
    if (open != null) {
      tried.add(closed(SearchRecord.End.FAILED));
    }
  }

  private SearchRecord.Tried closed(SearchRecord.End end) {
    Rung rung = Objects.requireNonNull(open);
    open = null;
    return new SearchRecord.Tried(
        rung.preset(),
        rung.target(),
        end,
        OptionalDouble.empty(),
        rung.setting().key(),
        rung.policy().costOfLook() < 1
            ? Optional.of(rung.setting().ofLooks().key())
            : Optional.empty());
  }
}
