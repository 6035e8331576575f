package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ScorePool;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search did, for whoever asks later why. Its points are not in it: they are kept by content
 * and setting.
 *
 * @param run the run of the video's workflow; with the pass it names the search, so that one that
 *     is written twice is one
 * @param pass of the run, from 1
 * @param sampledHash of the content that was searched
 * @param metric of scores and targets
 * @param pool by which the scores counted
 * @param tried the rungs in the order of the ladder, down to where the search stopped
 * @param stopped why it stopped, a sentence
 */
public record SearchRecord(
    VideoId video,
    String run,
    int pass,
    String sampledHash,
    Metric metric,
    ScorePool pool,
    Start start,
    List<Tried> tried,
    String stopped,
    Cost cost) {

  public SearchRecord {
    tried = List.copyOf(tried);
  }

  /**
   * What it began with.
   *
   * @param videos how many others have taught it
   * @param examples names of some of them
   * @param firstCrf the first that it had measured; empty where it knew enough
   */
  public record Start(
      Seed.Origin origin, int videos, List<String> examples, OptionalDouble firstCrf) {
    public Start {
      examples = List.copyOf(examples);
    }
  }

  /**
   * A rung of the ladder.
   *
   * @param crf of the point that was accepted; empty where none was
   * @param settingKey of its points
   * @param looksKey of its looks; empty where it took none
   */
  public record Tried(
      int preset,
      double target,
      End end,
      OptionalDouble crf,
      String settingKey,
      Optional<String> looksKey) {

    /** The same with a point that was accepted. */
    public Tried accepting(SearchPoint point) {
      return new Tried(preset, target, end, OptionalDouble.of(point.crf()), settingKey, looksKey);
    }
  }

  /** How a rung ended. */
  public enum End {
    FOUND("found"),
    NOT_REACHABLE("not reachable"),
    TOO_LARGE("too large"),
    HOPELESS("hopeless"),
    /** It could not be measured. */
    FAILED("failed");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * What it cost.
   *
   * @param probes points that it rested on, with every preset that it tried
   * @param looks that it rested on
   * @param known of both, those that an earlier run had measured: they cost this one nothing
   * @param seconds of the others, by the clock
   */
  public record Cost(int probes, int looks, int known, double seconds) {}
}
