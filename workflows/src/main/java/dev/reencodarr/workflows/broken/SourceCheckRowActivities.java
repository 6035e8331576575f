package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;

/** Says what is to be checked and writes down what was found; runs on {@code control}. */
@ActivityInterface(namePrefix = "SourceCheckRow")
public interface SourceCheckRowActivities {

  /**
   * What there is to do.
   *
   * @param since when the check began: what it has read itself is known, whatever is wished
   */
  SourceCheckScope scope(LibraryId library, SourceCheckWish wish, Instant since);

  /**
   * The next files that are to be read, by their paths.
   *
   * @param after the path of the last one
   */
  Page next(LibraryId library, SourceCheckWish wish, Instant since, String after);

  /**
   * Some files.
   *
   * @param paused whether the library is, or everything: nothing is read then
   * @param files none: the check is through
   */
  record Page(boolean paused, List<SourceFile> files) {}

  /** A file is sound; what an earlier check that was no deeper said against it does not count. */
  void sound(SourceFile file, boolean deep);

  /**
   * A file is broken.
   *
   * @param problem in a sentence
   */
  void broken(SourceFile file, boolean deep, String problem);
}
