package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.ReplacementLedger;
import dev.reencodarr.workflows.replace.Replacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * The one place that every step of swap and undo goes through. A step that changes files is written
 * down before and after, and is taken only while no later attempt has raised the video's epoch.
 */
final class Journal {

  private final ReplacementLedger rows;
  private final Fence fence;
  private final CrashPoints points;

  Journal(ReplacementLedger rows, Fence fence, CrashPoints points) {
    this.rows = rows;
    this.fence = fence;
    this.points = points;
  }

  /** Lets only the latest attempt touch a file. */
  @FunctionalInterface
  interface Fence {

    /**
     * Runs an action while nobody can revoke this attempt.
     *
     * @return false, without running it, if a later attempt has taken over
     */
    boolean whileCurrent(Runnable action);
  }

  /** A later attempt has taken over; whatever is unfinished is its to settle. */
  static final class Revoked extends Exception {
    Revoked() {
      super("a later attempt has taken over");
    }
  }

  /** A step on files. */
  @FunctionalInterface
  interface FileStep {
    void take() throws IOException;
  }

  /** A look at files. */
  @FunctionalInterface
  interface Look<T> {
    T look() throws IOException;
  }

  ReplacementLedger rows() {
    return rows;
  }

  /** Writes the intent of a whole replacement. */
  void open(Replacement row, long epoch) throws IOException, Revoked {
    write(Step.WRITE_INTENT, () -> rows.open(row, epoch));
  }

  /** Changes files: intent before, done after, the fence held meanwhile. */
  void take(UUID replacement, Step step, FileStep action) throws IOException, Revoked {
    points.at(step, Moment.BEFORE);
    fenced(() -> rows.stepBegun(replacement, step.name()));
    points.at(step, Moment.INTENDED);
    fenced(action);
    points.at(step, Moment.TAKEN);
    rows.stepDone(replacement, step.name());
    points.at(step, Moment.AFTER);
  }

  /**
   * Writes for long, but only what nobody else looks at: the fence is asked before and after, and
   * not held meanwhile.
   */
  void prepare(UUID replacement, Step step, FileStep action) throws IOException, Revoked {
    points.at(step, Moment.BEFORE);
    fenced(() -> rows.stepBegun(replacement, step.name()));
    points.at(step, Moment.INTENDED);
    try {
      action.take();
    } catch (IOException e) {
      // a later attempt may have taken the folder away
      fenced(() -> {});
      throw e;
    }
    points.at(step, Moment.TAKEN);
    fenced(() -> rows.stepDone(replacement, step.name()));
    points.at(step, Moment.AFTER);
  }

  /** Inside a step: what the path holds has been looked at for the last time. */
  void lastLook(Step step) {
    points.at(step, Moment.LAST_LOOK);
  }

  /** The places where a test stops what runs under this journal. */
  CrashPoints points() {
    return points;
  }

  /** Changes nothing but a row. */
  void write(Step step, Runnable statement) throws IOException, Revoked {
    points.at(step, Moment.BEFORE);
    fenced(statement::run);
    points.at(step, Moment.AFTER);
  }

  /** Changes nothing; may take long, so the fence is not held. */
  <T> T look(Step step, Look<T> look) throws IOException {
    points.at(step, Moment.BEFORE);
    T seen = look.look();
    points.at(step, Moment.AFTER);
    return seen;
  }

  private void fenced(FileStep action) throws IOException, Revoked {
    boolean current;
    try {
      current = fence.whileCurrent(() -> unchecked(action));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!current) {
      throw new Revoked();
    }
  }

  private static void unchecked(FileStep action) {
    try {
      action.take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
