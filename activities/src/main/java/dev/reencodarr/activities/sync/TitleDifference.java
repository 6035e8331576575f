package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.UntoldFile;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.SyncTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * In what the files of a title differ from what is known of them.
 *
 * @param differing to be written down: new ones, and those that are not as they were
 * @param gone ids of those that are not managed any more
 * @param left folders that hold files of it no more, or fewer
 * @param isToBeLookedAt whether a file is new, of another size, elsewhere or gone; what else is
 *     said of it, such as its quality, is no reason to look at it, nor is what we have done
 *     ourselves and are still telling of
 */
record TitleDifference(
    List<KnownFile> differing,
    List<Long> gone,
    Set<MediaPath> left,
    boolean isToBeLookedAt,
    SyncTally tally) {

  /**
   * Compares.
   *
   * @param untold files of ours of which the connection is still to be told: that they differ is
   *     left to the telling
   * @param ours tells how we call a path; empty where it lies in no library
   */
  static TitleDifference between(
      List<KnownFile> known,
      List<ManagedFile> files,
      List<UntoldFile> untold,
      Function<String, Optional<MediaPath>> ours) {
    Map<Long, KnownFile> before = new HashMap<>();
    known.forEach(file -> before.put(file.record().id(), file));
    List<KnownFile> differing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<MediaPath> left = new LinkedHashSet<>();
    int added = 0;
    int changed = 0;
    int outside = 0;
    boolean isNews = false;
    for (ManagedFile file : files) {
      Optional<MediaPath> path = ours.apply(file.path());
      if (path.isEmpty()) {
        outside++;
        problems.add("lies in no library: " + file.path());
        continue;
      }
      KnownFile now = new KnownFile(path.get(), file);
      Optional<KnownFile> then = Optional.ofNullable(before.remove(file.id()));
      if (!now.equals(then.orElse(null))) {
        differing.add(now);
      }
      boolean isAdded = then.isEmpty();
      boolean isChanged = then.filter(it -> isOther(it, now)).isPresent();
      added += isAdded ? 1 : 0;
      changed += isChanged ? 1 : 0;
      then.map(KnownFile::path)
          .filter(earlier -> !earlier.equals(path.get()))
          .map(MediaPath::parent)
          .ifPresent(left::add);
      boolean hasItsOldSize = then.filter(it -> it.record().size() == file.size()).isPresent();
      isNews |=
          (isAdded || isChanged)
              && untold.stream().noneMatch(own -> isOwn(own, now, hasItsOldSize));
    }
    before.values().forEach(file -> left.add(file.path().parent()));
    isNews |=
        before.keySet().stream()
            .anyMatch(gone -> untold.stream().noneMatch(own -> own.file() == gone));
    SyncTally tally =
        new SyncTally(files.size(), added, changed, before.size(), outside, 0, problems);
    return new TitleDifference(
        List.copyOf(differing), List.copyOf(before.keySet()), left, isNews, tally);
  }

  /** Of another size than ours and than it was, it is neither: somebody has put it there since. */
  private static boolean isOwn(UntoldFile own, KnownFile now, boolean hasItsOldSize) {
    boolean isIt = own.file() == now.record().id() || own.path().equals(now.path());
    return isIt && (now.record().size() == own.size() || hasItsOldSize);
  }

  private static boolean isOther(KnownFile then, KnownFile now) {
    return then.record().size() != now.record().size() || !then.path().equals(now.path());
  }
}
