package dev.reencodarr.activities.library.change;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.KnownFiles;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.client.WorkflowClient;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what has changed looked at by the library's own workflow. Files that are known as they are,
 * such as those that we have replaced ourselves, are not looked at.
 */
final class LookOrders {

  private static final Logger log = LoggerFactory.getLogger(LookOrders.class);

  /** An order travels in a payload: more are looked at by their folders, or by the next order. */
  static final int MANY = 50;

  private final KnownFiles known;
  private final RequestRepository requests;
  private final Orders orders;

  LookOrders(Database database, WorkflowClient temporal) {
    this.known = new KnownFiles(database);
    this.requests = new RequestRepository(database);
    this.orders = new Orders(database, temporal);
  }

  /** Whether a look for which nobody waits is still to be done there: the next order waits. */
  boolean isOneOut(Library library) {
    return requests.isLookDue(library.id());
  }

  /**
   * Where the library's workflow could not be told of an order that was written down, it is now.
   */
  void tellAgain(Library library) {
    orders.tellAgain(library);
  }

  /**
   * Orders a look at what of it is news.
   *
   * @param isQuiet whether nothing in a folder is still changing, so that it may be looked at as a
   *     whole
   * @return what of it need not be kept any more
   */
  StillPaths.Due order(Library library, StillPaths.Due due, Predicate<Path> isQuiet) {
    Set<Path> news = news(library, due);
    if (news.isEmpty()) {
      return due;
    }
    List<Path> scopes = withoutInner(lifted(news, Path.of(library.root().value()), isQuiet));
    List<Path> now = scopes.subList(0, Math.min(MANY, scopes.size()));
    orders.placeUnattended(
        now.stream()
            .map(scope -> new Orders.Scope(library, new MediaPath(scope.toString())))
            .toList(),
        () -> {});
    log.info(
        "library {}: {} changed, a look is ordered at {}",
        library.name(),
        news.size(),
        now.size() == 1 ? now.getFirst() : now.size() + " files and folders");
    return without(due, scopes.subList(now.size(), scopes.size()));
  }

  private Set<Path> news(Library library, StillPaths.Due due) {
    Set<Path> news = new HashSet<>();
    known.unknown(library.id(), due.there().values()).forEach(path -> news.add(path(path)));
    known
        .known(library.id(), due.gone().stream().map(LookOrders::mediaPath).toList())
        .forEach(path -> news.add(path(path)));
    due.folders().stream()
        .filter(folder ->
            Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                || known.isAnyBelow(library.id(), mediaPath(folder)))
        .forEach(news::add);
    return news;
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }

  private static MediaPath mediaPath(Path path) {
    return new MediaPath(path.toString());
  }

  /** While they are too many, the deepest are looked at by the folders that they lie in. */
  private static Set<Path> lifted(Set<Path> news, Path root, Predicate<Path> isQuiet) {
    Set<Path> scopes = news;
    int deepest = news.stream().mapToInt(Path::getNameCount).max().orElse(0);
    for (int depth = deepest; depth > root.getNameCount() && scopes.size() > MANY; depth--) {
      Map<Path, Boolean> quiet = new HashMap<>();
      Set<Path> higher = new LinkedHashSet<>();
      for (Path scope : scopes) {
        Path parent = scope.getParent();
        boolean isLifted =
            parent != null
                && scope.getNameCount() == depth
                && quiet.computeIfAbsent(parent, isQuiet::test);
        higher.add(isLifted ? parent : scope);
      }
      scopes = higher;
    }
    return scopes;
  }

  private static List<Path> withoutInner(Collection<Path> scopes) {
    List<Path> kept = new ArrayList<>();
    // By their names and not by their text: so whatever lies in a folder comes right behind it.
    scopes.stream()
        .sorted()
        .filter(scope -> kept.isEmpty() || !scope.startsWith(kept.getLast()))
        .forEach(kept::add);
    return kept;
  }

  private static StillPaths.Due without(StillPaths.Due due, Collection<Path> left) {
    if (left.isEmpty()) {
      return due;
    }
    Predicate<Path> isDone = path -> left.stream().noneMatch(path::startsWith);
    Map<Path, SeenFile> there = new HashMap<>(due.there());
    there.keySet().removeIf(isDone.negate());
    return new StillPaths.Due(
        there,
        new HashSet<>(due.gone().stream().filter(isDone).toList()),
        new HashSet<>(due.folders().stream().filter(isDone).toList()));
  }
}
