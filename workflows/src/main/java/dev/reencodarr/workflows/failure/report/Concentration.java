package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import java.util.Optional;

/**
 * Unresolved final failures that share a worker, a folder, a codec or a release group.
 *
 * @param dimension {@code worker}, {@code library_folder}, {@code source_codec} or {@code
 *     release_group}
 * @param name of the worker's machine, the folder, the codec or the group
 * @param failures at least 1
 * @param othersFailures of all other names of the dimension
 * @param tried videos (for a worker: encodes) of that name, at least as many as failed; known only
 *     where failures gather
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Concentration(
    String dimension, String name, long failures, long othersFailures, Optional<Tried> tried) {

  /** What a concentration may be about. */
  public enum Dimension {
    WORKER,
    LIBRARY_FOLDER,
    SOURCE_CODEC,
    RELEASE_GROUP;

    /** The name in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was tried.
   *
   * @param here of the name
   * @param elsewhere of all others
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Tried(long here, long elsewhere) {}

  /** Fewer say nothing. */
  private static final long LEAST = 5;

  /** Part of the failures of a dimension that a name must have to be looked at closer. */
  private static final double SHARE = 0.3;

  /** So many times as often as among the others. */
  private static final double FACTOR = 3;

  /** Whether so many failures have this name that it is worth asking how many were tried. */
  public boolean gathers() {
    return failures >= LEAST && failures >= SHARE * (failures + othersFailures);
  }

  /** The same with what was tried. */
  public Concentration of(Tried all) {
    return new Concentration(
        dimension,
        name,
        failures,
        othersFailures,
        Optional.of(new Tried(Math.max(failures, all.here()), all.elsewhere())));
  }

  /** Whether failures are far more frequent here than elsewhere; with nothing to compare: no. */
  boolean standsOut() {
    return gathers() && tried.filter(this::isFarMoreFrequent).isPresent();
  }

  private boolean isFarMoreFrequent(Tried all) {
    return all.elsewhere() > 0
        && (double) failures / all.here() >= FACTOR * othersFailures / all.elsewhere();
  }
}
