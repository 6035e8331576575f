package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.CrashPoints.Moment;
import dev.reencodarr.activities.store.Phase;
import dev.reencodarr.activities.store.ReplacementLedger;
import dev.reencodarr.workflows.replace.Replacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * The one place that every step of swap and undo goes through. A step that changes files is written
 * down before and after, and is taken only while no later execution has raised the video's epoch
 * and the row is as far as this one has seen it last.
 */
final class Journal {

  private final ReplacementLedger rows;
  private final Fence fence;
  private final CrashPoints points;
  private final UUID execution;
  private final Presumption presumed;

  /**
   * @param execution whose journal it is; no other has its id
   */
  Journal(ReplacementLedger rows, Fence fence, CrashPoints points, UUID execution) {
    this(rows, fence, points, execution, Presumption.NONE);
  }

  private Journal(
      ReplacementLedger rows,
      Fence fence,
      CrashPoints points,
      UUID execution,
      Presumption presumed) {
    this.rows = rows;
    this.fence = fence;
    this.points = points;
    this.execution = execution;
    this.presumed = presumed;
  }

  /** The same for the steps on this row, each of which presumes that nobody else takes it on. */
  Journal on(Replacement row) {
    return new Journal(rows, fence, points, execution, new LastSeen(rows, row));
  }

  /** Lets only the latest execution touch a file. */
  @FunctionalInterface
  interface Fence {

    /**
     * Runs an action while nobody can revoke this execution.
     *
     * @return false, without running it, if a later execution has taken over
     */
    boolean whileCurrent(Runnable action);
  }

  /**
   * A later execution has taken over, of this attempt or of another; whatever is unfinished is its
   * to settle, and this one ends without touching anything more.
   */
  static final class Revoked extends Exception {
    Revoked() {
      super("a later attempt has taken over");
    }
  }

  /** What a step takes for granted of its row; asked while the fence is held. */
  private interface Presumption {

    Presumption NONE =
        new Presumption() {
          @Override
          public boolean holds() {
            return true;
          }

          @Override
          public void written() {}
        };

    boolean holds();

    /** We have written to the row ourselves. */
    void written();
  }

  /** The row is as far as we have read or written it. */
  private static final class LastSeen implements Presumption {
    private final ReplacementLedger rows;
    private final Replacement row;
    private Phase seen;

    LastSeen(ReplacementLedger rows, Replacement row) {
      this.rows = rows;
      this.row = row;
      this.seen = Phase.of(row);
    }

    @Override
    public boolean holds() {
      return rows.phase(row).filter(seen::equals).isPresent();
    }

    @Override
    public void written() {
      seen = rows.phase(row).orElse(seen);
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

  /** Names what only this execution may write to. */
  UUID execution() {
    return execution;
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
    fenced(() -> rows.stepDone(replacement, step.name()));
    points.at(step, Moment.AFTER);
  }

  /** Changes files that no row tells of, the fence held meanwhile. */
  void alone(FileStep action) throws IOException, Revoked {
    fenced(action);
  }

  /**
   * Writes for long, but only to a name that no other execution has: the fence is asked before and
   * after, and not held meanwhile.
   */
  void prepare(UUID replacement, Step step, FileStep action) throws IOException, Revoked {
    points.at(step, Moment.BEFORE);
    fenced(() -> rows.stepBegun(replacement, step.name()));
    points.at(step, Moment.INTENDED);
    try {
      action.take();
    } catch (IOException e) {
      // a later execution may have taken the folder away, or the very file
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
    fenced(() -> {
      statement.run();
      presumed.written();
    });
    points.at(step, Moment.AFTER);
  }

  /** Stands before an answer that was only read from the disk: another one may have changed it. */
  void requireCurrent() throws IOException, Revoked {
    fenced(() -> {});
  }

  /** Tells people something of this replacement, if it is still ours to tell. */
  void warn(UUID replacement, String warning) throws IOException, Revoked {
    fenced(() -> rows.warn(replacement, warning));
  }

  /** Changes nothing; may take long, so the fence is not held. */
  <T> T look(Step step, Look<T> look) throws IOException {
    points.at(step, Moment.BEFORE);
    T seen = look.look();
    points.at(step, Moment.AFTER);
    return seen;
  }

  private void fenced(FileStep action) throws IOException, Revoked {
    boolean[] taken = {false};
    try {
      boolean current =
          fence.whileCurrent(() -> {
            if (presumed.holds()) {
              unchecked(action);
              taken[0] = true;
            }
          });
      if (!current || !taken[0]) {
        throw new Revoked();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
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
