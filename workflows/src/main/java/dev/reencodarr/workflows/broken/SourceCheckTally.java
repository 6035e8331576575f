package dev.reencodarr.workflows.broken;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a check has done.
 *
 * @param checked files that were read and judged
 * @param broken of them
 * @param bytes of the files that are done, judged or passed over
 * @param unjudged files that were passed over: it could not be told whether they are sound
 * @param examples the first few of those, with the reason
 */
public record SourceCheckTally(
    SourceCheckScope scope,
    int checked,
    int broken,
    long bytes,
    int unjudged,
    List<Unjudged> examples) {

  private static final int MOST_EXAMPLES = 5;

  /**
   * A file that was passed over.
   *
   * @param why for people
   */
  public record Unjudged(String path, String why) {}

  public SourceCheckTally {
    examples = examples.stream().limit(MOST_EXAMPLES).toList();
  }

  static SourceCheckTally of(SourceCheckScope scope) {
    return new SourceCheckTally(scope, 0, 0, 0, 0, List.of());
  }

  SourceCheckTally plusSound(SourceFile file) {
    return new SourceCheckTally(
        scope, checked + 1, broken, bytes + file.size(), unjudged, examples);
  }

  SourceCheckTally plusBroken(SourceFile file) {
    return new SourceCheckTally(
        scope, checked + 1, broken + 1, bytes + file.size(), unjudged, examples);
  }

  SourceCheckTally plusUnjudged(SourceFile file, String why) {
    return new SourceCheckTally(
        scope,
        checked,
        broken,
        bytes + file.size(),
        unjudged + 1,
        Stream.concat(examples.stream(), Stream.of(new Unjudged(file.path().value(), why)))
            .toList());
  }

  /** Files that are done, those that were known included. */
  public int done() {
    return scope.known() + checked + unjudged;
  }

  /** Broken files, those that were known included. */
  public int allBroken() {
    return scope.knownBroken() + broken;
  }

  /** In one line, for people. */
  public String line() {
    return done()
        + " of "
        + scope.files()
        + " files: "
        + checked
        + " checked, "
        + scope.known()
        + " known from before, "
        + allBroken()
        + " broken"
        + (unjudged == 0 ? "" : ", " + unjudged + " not checked");
  }
}
