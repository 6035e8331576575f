package dev.reencodarr.workflows.sync;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a sync has found.
 *
 * @param files that are managed there
 * @param added that were not known
 * @param changed of another size, or in another place, than was known
 * @param gone that were known and are not managed there any more
 * @param outside files and titles that lie in no library of ours
 * @param failed titles whose files could not be read
 * @param problems for people, the first few of them
 */
public record SyncTally(
    int files, int added, int changed, int gone, int outside, int failed, List<String> problems) {

  public static final SyncTally NOTHING = new SyncTally(0, 0, 0, 0, 0, 0, List.of());

  private static final int MOST_PROBLEMS = 5;

  public SyncTally {
    problems = problems.stream().limit(MOST_PROBLEMS).toList();
  }

  /**
   * Nothing but a problem.
   *
   * @param problem empty for none
   */
  static SyncTally ofProblem(String problem) {
    return new SyncTally(0, 0, 0, 0, 0, 0, problem.isEmpty() ? List.of() : List.of(problem));
  }

  /** Both together. */
  public SyncTally plus(SyncTally other) {
    return new SyncTally(
        files + other.files,
        added + other.added,
        changed + other.changed,
        gone + other.gone,
        outside + other.outside,
        failed + other.failed,
        Stream.concat(problems.stream(), other.problems.stream()).distinct().toList());
  }

  /** In one line, for people. */
  public String line() {
    return files
        + " files, "
        + added
        + " new, "
        + changed
        + " changed, "
        + gone
        + " gone"
        + (outside == 0 ? "" : ", " + outside + " outside of all libraries")
        + (failed == 0 ? "" : ", " + failed + " titles not read");
  }
}
