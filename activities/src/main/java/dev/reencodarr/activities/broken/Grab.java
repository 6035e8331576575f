package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.sync.arr.HistoryEvent;
import dev.reencodarr.workflows.sync.ManagedFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * By what a file came.
 *
 * @param id of the event of the grab; 0: it was put there by hand, or the history does not reach
 *     back so far
 * @param release its title; empty: none is known
 */
record Grab(long id, String release) {

  /**
   * The grab of a file. An import is of this file where it names its id, or the release that the
   * file is still known by, and no other size; a path alone is not enough unless the size is the
   * same, since somebody may have put another file there. A grab is of that import where both are
   * of one download.
   *
   * @param history of the file's title
   */
  static Grab of(ManagedFile file, List<HistoryEvent> history) {
    Optional<HistoryEvent> imported =
        latest(history, HistoryEvent.Kind.IMPORTED, event -> isOf(event, file));
    Optional<HistoryEvent> grabbed =
        imported
            .map(HistoryEvent::download)
            .filter(download -> !download.isEmpty())
            .flatMap(download ->
                latest(
                    history,
                    HistoryEvent.Kind.GRABBED,
                    event -> event.download().equals(download)));
    String release = grabbed.or(() -> imported).map(HistoryEvent::release).orElse(file.sceneName());
    return new Grab(grabbed.map(HistoryEvent::id).orElse(0L), release);
  }

  /**
   * The release that a file was taken from which has come since; empty: none is known.
   *
   * @param last id of the latest event before it came
   */
  static String releaseOfNewcomer(ManagedFile file, List<HistoryEvent> history, long last) {
    return latest(
            history, HistoryEvent.Kind.IMPORTED, event -> event.id() > last && isOf(event, file))
        .map(HistoryEvent::release)
        .orElse(file.sceneName());
  }

  private static boolean isOf(HistoryEvent event, ManagedFile file) {
    boolean isOfItsSize = event.size() == file.size();
    boolean isOfAnother = event.size() > 0 && !isOfItsSize;
    boolean isNamed =
        event.file() == file.id()
            || (!file.sceneName().isEmpty() && event.release().equalsIgnoreCase(file.sceneName()));
    return isNamed ? !isOfAnother : isOfItsSize && event.path().equals(file.path());
  }

  private static Optional<HistoryEvent> latest(
      List<HistoryEvent> history, HistoryEvent.Kind kind, Predicate<HistoryEvent> which) {
    return history.stream()
        .filter(event -> event.kind() == kind && which.test(event))
        .max(Comparator.comparing(HistoryEvent::at).thenComparingLong(HistoryEvent::id));
  }

  /** Whether a download of this grab was marked as failed. */
  static boolean isMarked(long grab, List<HistoryEvent> history) {
    Optional<String> download =
        history.stream()
            .filter(event -> event.id() == grab)
            .map(HistoryEvent::download)
            .filter(id -> !id.isEmpty())
            .findFirst();
    return download.isPresent()
        && history.stream()
            .anyMatch(event ->
                event.kind() == HistoryEvent.Kind.DOWNLOAD_FAILED
                    && event.download().equals(download.get()));
  }

  /** Whether both are one release; never where one of them is not known. */
  boolean isSameRelease(String other) {
    return !release.isEmpty() && release.strip().equalsIgnoreCase(other.strip());
  }
}
