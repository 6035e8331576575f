package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.broken.CheckedSource;
import dev.reencodarr.workflows.broken.SourceCheckProgress;
import dev.reencodarr.workflows.broken.SourceCheckTally;
import java.util.List;
import java.util.Optional;

/**
 * A check of a library.
 *
 * @param state {@value #RUNNING}, {@value #DONE}, {@value #STOPPED} or {@value #FAILED}
 * @param deep whether every picture was decoded; missing, like all figures, where nobody has
 *     answered yet
 * @param seconds since it began
 * @param files that it is about
 * @param checked that it has read and judged
 * @param known that an earlier one has, and that are as they were
 * @param encoded that are left out, since we have made and verified them
 * @param atWork that are left out, since a workflow is at work on them
 * @param unjudged that were passed over
 * @param examples of those
 * @param broken all that are known to be, the largest first
 */
public record SourceCheckView(
    String library,
    String id,
    String state,
    Optional<Boolean> deep,
    Optional<Long> seconds,
    Optional<Integer> files,
    Optional<Integer> checked,
    Optional<Integer> known,
    Optional<Integer> encoded,
    Optional<Integer> atWork,
    Optional<Integer> unjudged,
    List<SourceCheckTally.Unjudged> examples,
    List<BrokenView> broken) {

  public static final String RUNNING = "running";
  public static final String DONE = "done";
  public static final String STOPPED = "stopped";
  public static final String FAILED = "failed";

  /** A broken file. */
  public record BrokenView(
      String id, String path, long size, String problem, boolean deep, String checkedAt) {

    static BrokenView of(CheckedSource source) {
      return new BrokenView(
          source.video().toString(),
          source.path().value(),
          source.size(),
          source.problem(),
          source.deep(),
          source.checkedAt().toString());
    }
  }

  /**
   * A check by what is known of it.
   *
   * @param progress none: nobody has said
   */
  public static SourceCheckView of(
      String library,
      String id,
      String state,
      List<SourceCheckProgress> progress,
      List<CheckedSource> broken) {
    Optional<SourceCheckProgress> said = progress.stream().findFirst();
    Optional<SourceCheckTally> tally = said.map(SourceCheckProgress::tally);
    return new SourceCheckView(
        library,
        id,
        state,
        said.map(SourceCheckProgress::deep),
        said.map(SourceCheckProgress::seconds),
        tally.map(it -> it.scope().files()),
        tally.map(SourceCheckTally::checked),
        tally.map(it -> it.scope().known()),
        tally.map(it -> it.scope().encoded()),
        tally.map(it -> it.scope().atWork()),
        tally.map(SourceCheckTally::unjudged),
        tally.map(SourceCheckTally::examples).orElse(List.of()),
        broken.stream().map(BrokenView::of).toList());
  }

  /** Whether it came to its end, and nothing is broken. */
  public boolean isSound() {
    return state.equals(DONE) && broken.isEmpty();
  }
}
