package dev.reencodarr.workflows.sync;

/**
 * Which connection is to be looked through.
 *
 * @param connection its id, by which its address and key are found
 * @param name for people
 * @param zone whose machines reach it and see its files
 * @param resume where an earlier run of the same sync has stopped
 */
public record SyncOrder(long connection, String name, ArrKind kind, String zone, Resume resume) {

  /**
   * How far a sync is.
   *
   * @param total titles that there are; negative: not known yet, nothing is done
   * @param lastTitle the highest id of the titles that are done
   * @param done titles
   */
  public record Resume(int total, long lastTitle, int done, SyncTally tally) {

    static final Resume AT_THE_BEGINNING = new Resume(-1, 0, 0, SyncTally.NOTHING);

    boolean isAtTheBeginning() {
      return total < 0;
    }

    Resume after(SyncStep step) {
      return new Resume(total, step.lastTitle(), done + step.titles(), tally.plus(step.tally()));
    }
  }

  /** A whole sync. */
  public static SyncOrder whole(long connection, String name, ArrKind kind, String zone) {
    return new SyncOrder(connection, name, kind, zone, Resume.AT_THE_BEGINNING);
  }

  SyncOrder from(Resume point) {
    return new SyncOrder(connection, name, kind, zone, point);
  }
}
