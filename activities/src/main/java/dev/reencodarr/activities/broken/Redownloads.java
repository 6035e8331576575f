package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.replace.SetAside;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.sync.CommandTurn;
import dev.reencodarr.activities.sync.ConnectionClients;
import dev.reencodarr.activities.sync.KnownPath;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrCommand;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.sync.arr.HistoryEvent;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.broken.BrokenState;
import dev.reencodarr.workflows.broken.RedownloadActivities;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.broken.RedownloadStanding;
import dev.reencodarr.workflows.broken.RedownloadStanding.Phase;
import dev.reencodarr.workflows.broken.SourceFile;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Has Sonarr and Radarr get other copies of broken sources. */
public final class Redownloads implements RedownloadActivities {

  /** What is broken so often in a row is so at its source. */
  static final int MOST_COPIES = 3;

  private static final String CONNECTION_REMOVED = "the connection was removed";

  private final BrokenSourceRepository sources;
  private final VideoRepository videos;
  private final LibraryRepository libraries;
  private final ManagedRepository managed;
  private final ConnectionRepository connections;
  private final CommandTurn turn;
  private final ConnectionClients clients;
  private final SetAside aside;
  private final LibraryGuard guard;
  private final Duration kept;
  private final Clock clock;

  /**
   * @param guard says whether the mount of a file that is not there is there itself
   * @param days for which a broken file is kept after another one has come
   */
  public Redownloads(
      Database database, ConnectionClients clients, LibraryGuard guard, int days, Clock clock) {
    this.sources = new BrokenSourceRepository(database);
    this.videos = new VideoRepository(database);
    this.libraries = new LibraryRepository(database);
    this.managed = new ManagedRepository(database);
    this.connections = new ConnectionRepository(database);
    this.turn = new CommandTurn(database);
    this.clients = clients;
    this.aside = new SetAside(guard);
    this.guard = guard;
    this.kept = Duration.ofDays(days);
    this.clock = clock;
  }

  @Override
  public RedownloadStanding begin(RedownloadOrder order) {
    Optional<BrokenSource> found = sources.find(order.source());
    if (found.isEmpty()) {
      return over("it is not known any more");
    }
    BrokenSource source = found.get();
    return switch (source.state()) {
      case FOUND -> over("no other copy was ordered");
      case ORDERED -> prepared(source);
      case WAITING -> at(Phase.WAITING, source);
      case ARRIVED -> at(Phase.KEEPING, source);
      case STOPPED -> at(isToBeLetGo(source) ? Phase.KEEPING : Phase.OVER, source);
      case REPLACED, ACQUITTED -> over(source.detail());
    };
  }

  /**
   * What lies where another file has its name stays until somebody says what is to become of it.
   */
  private static boolean isToBeLetGo(BrokenSource source) {
    return source.kept().isPresent() && source.arrived().isPresent();
  }

  private RedownloadStanding prepared(BrokenSource source) {
    Optional<String> refusal = refusal(source).or(() -> change(source));
    if (refusal.isPresent()) {
      return source.kept().isPresent()
          ? putBack(source, refusal.get())
          : stopped(source, refusal.get());
    }
    if (isAtWork(source)) {
      return notYet(source, "the file is being worked at");
    }
    if (source.managed().isPresent()) {
      return connections.find(as(source).connection()).isPresent()
          ? ready(source)
          : putBack(source, CONNECTION_REMOVED);
    }
    Optional<ManagedRepository.Manager> manager =
        managed.managersOf(source.path()).stream().findFirst();
    Optional<Connection> connection =
        manager.map(ManagedRepository.Manager::connection).flatMap(connections::find);
    return manager.isEmpty() || connection.isEmpty()
        ? stopped(source, "neither Sonarr nor Radarr manages it")
        : with(
            connection.get(), client -> recorded(source, connection.get(), manager.get(), client));
  }

  /** Nothing is begun in a library that is not in use, or into which nothing is written. */
  private Optional<String> refusal(BrokenSource source) {
    Optional<Library> library = libraries.byRootContaining(source.path());
    if (library.isEmpty()) {
      return Optional.of("it lies in no library that is in use");
    }
    return library.get().readOnly()
        ? Optional.of("nothing is written into its library")
        : Optional.empty();
  }

  private boolean isAtWork(BrokenSource source) {
    return videos.find(source.video()).filter(it -> it.state().isWork()).isPresent();
  }

  private RedownloadStanding ready(BrokenSource source) {
    return new RedownloadStanding(
        Phase.READY, source.path() + " is broken: " + source.problem(), source.stateSince());
  }

  /** What lies at its place is another file now, or none, unless it is kept already. */
  private Optional<String> change(BrokenSource source) {
    SetAside.Subject subject = subject(source);
    if (source.kept().filter(place -> aside.holds(subject, place)).isPresent()) {
      return Optional.empty();
    }
    try {
      return stamp(source.path()).equals(subject.stamp())
          ? Optional.empty()
          : Optional.of("another file lies there since");
    } catch (IOException e) {
      guard.require(subject.libraryRoot());
      return Optional.of("the file is not there any more");
    }
  }

  private static FileIdentity.Stamp stamp(MediaPath path) throws IOException {
    return FileIdentity.Stamp.of(Path.of(path.value()));
  }

  @Override
  public SourceFile file(RedownloadOrder order) {
    BrokenSource source = require(order);
    return new SourceFile(source.video(), source.path(), source.size(), source.mtime());
  }

  @Override
  public RedownloadStanding acquit(RedownloadOrder order) {
    BrokenSource source = require(order);
    String why = "decoded once more before anything was done, it is sound";
    sources.enter(source.id(), BrokenState.ACQUITTED, why);
    return over(why);
  }

  private RedownloadStanding recorded(
      BrokenSource source,
      Connection connection,
      ManagedRepository.Manager manager,
      ArrClient client)
      throws ArrFailed {
    Optional<ManagedFile> file = managedFile(source, connection, manager, client);
    if (file.isEmpty()) {
      return stopped(source, connection.kind().appName() + " does not know the file");
    }
    if (client.isDownloading(file.get())) {
      return notYet(
          source, connection.kind().appName() + " is downloading another file for it already");
    }
    List<HistoryEvent> history = client.history(manager.title());
    Grab grab = Grab.of(file.get(), history);
    BrokenSource.Managed as =
        new BrokenSource.Managed(
            connection.id(),
            manager.title(),
            file.get().id(),
            client.monitored(file.get()),
            grab.id(),
            grab.release(),
            history.isEmpty() ? 0 : history.stream().mapToLong(HistoryEvent::id).max().orElse(0));
    if (parts(as).isEmpty()) {
      return stopped(source, connection.kind().appName() + " knows of nothing that it holds");
    }
    Optional<String> circle = circle(source, as, grab);
    if (circle.isPresent()) {
      return stopped(source, circle.get());
    }
    sources.managed(source.id(), as);
    return ready(source);
  }

  private static Optional<ManagedFile> managedFile(
      BrokenSource source,
      Connection connection,
      ManagedRepository.Manager manager,
      ArrClient client)
      throws ArrFailed {
    String theirs = connection.paths().theirs(source.path().value());
    Optional<ManagedFile> known = client.file(manager.file());
    return known.filter(it -> it.path().equals(theirs)).isPresent()
        ? known
        : client.files(List.of(manager.title())).stream()
            .filter(it -> it.path().equals(theirs))
            .findFirst();
  }

  /** Whether others of the same episodes or movie were broken before; an operator may insist. */
  private Optional<String> circle(BrokenSource source, BrokenSource.Managed as, Grab grab) {
    if (!source.automatic()) {
      return Optional.empty();
    }
    List<BrokenSource.Managed> earlier =
        sources.earlierOf(source, as).stream()
            .flatMap(it -> it.managed().stream())
            .filter(it -> parts(it).stream().anyMatch(parts(as)::contains))
            .toList();
    if (earlier.stream().anyMatch(it -> grab.isSameRelease(it.release()))) {
      return Optional.of("the same release was imported again: " + grab.release());
    }
    return earlier.size() < MOST_COPIES
        ? Optional.empty()
        : Optional.of("each of " + (earlier.size() + 1) + " copies in a row is broken");
  }

  @Override
  public void markFailed(RedownloadOrder order) {
    BrokenSource source = require(order);
    Optional<Connection> connection = connections.find(as(source).connection());
    if (as(source).grab() == 0 || connection.isEmpty()) {
      return;
    }
    boolean _ =
        with(
            connection.get(),
            client -> {
              // Said before we were cut short, it is not said again.
              if (!Grab.isMarked(as(source).grab(), client.history(as(source).title()))) {
                client.markFailed(as(source).grab());
              }
              return true;
            });
  }

  @Override
  public CommandEnd search(RedownloadOrder order) {
    BrokenSource source = require(order);
    Optional<Connection> connection = connections.find(as(source).connection());
    if (connection.isEmpty()) {
      return CommandEnd.NOT_NEEDED;
    }
    return with(
        connection.get(),
        client -> {
          Optional<ArrCommand> search =
              turn.take(
                  connection.get(),
                  client,
                  "redownload " + source.id(),
                  () -> client.search(parts(as(source))));
          return search.isEmpty() ? CommandEnd.BUSY : carriedOut(connection.get(), search.get());
        });
  }

  private static CommandEnd carriedOut(Connection connection, ArrCommand search) {
    return switch (search.state()) {
      case COMPLETED -> CommandEnd.OVER;
      case QUEUED, STARTED, FAILED, ABORTED, CANCELLED, ORPHANED ->
          throw Faults.of(
              connection.kind().evidence(),
              "the search for another copy was not carried out: it is "
                  + search.state().name().toLowerCase(Locale.ROOT)
                  + (search.message().isEmpty() ? "" : ", " + search.message()));
    };
  }

  @Override
  public RedownloadStanding setAside(RedownloadOrder order) {
    BrokenSource source = require(order);
    Optional<Connection> connection = connections.find(as(source).connection());
    if (connection.isEmpty()) {
      return putBack(source, CONNECTION_REMOVED);
    }
    SetAside.Subject subject = subject(source);
    if (source.kept().filter(place -> aside.holds(subject, place)).isPresent()) {
      return deletedThere(source, connection.get());
    }
    Optional<String> refusal = refusal(source);
    if (refusal.isPresent()) {
      return stopped(source, refusal.get());
    }
    if (isAtWork(source)) {
      return notYet(source, "the file is being worked at");
    }
    return switch (aside.setAside(subject, place -> sources.keeping(source.id(), place))) {
      case SetAside.Outcome.Kept _ -> deletedThere(source, connection.get());
      case SetAside.Outcome.Changed changed -> {
        sources.keptNoMore(source.id(), BrokenState.STOPPED, changed.what());
        yield over(changed.what());
      }
      case SetAside.Outcome.Taken taken ->
          stopped(
              source,
              "another file had come there, was taken for it, and is kept at " + taken.kept());
    };
  }

  private RedownloadStanding deletedThere(BrokenSource source, Connection connection) {
    String detail = connection.kind().appName() + " looks for another copy" + unknownGrab(source);
    return with(
        connection,
        client -> {
          if (client.file(as(source).file()).isPresent()) {
            // As it is now: it may have been searched for long.
            sources.monitored(source.id(), client.monitored(parts(as(source))));
          }
          // Whatever lies there now is another file, which it would delete.
          if (!isThere(source.path())) {
            client.deleteFile(as(source).file());
          }
          // Losing its file may have ended that it is monitored.
          client.restore(as(sources.find(source.id()).orElse(source)).parts());
          sources.waiting(source.id(), detail);
          return at(Phase.WAITING, sources.find(source.id()).orElse(source));
        });
  }

  private static String unknownGrab(BrokenSource source) {
    return as(source).grab() == 0
        ? "; no grab of the broken one is known, so that it may take the same again"
        : "";
  }

  @Override
  public RedownloadStanding look(RedownloadOrder order) {
    BrokenSource source = require(order);
    Optional<Connection> connection = connections.find(as(source).connection());
    return connection.isEmpty()
        ? putBack(source, CONNECTION_REMOVED)
        : with(connection.get(), client -> look(source, connection.get(), client));
  }

  private RedownloadStanding look(BrokenSource source, Connection connection, ArrClient client)
      throws ArrFailed {
    BrokenSource.Managed as = as(source);
    String app = connection.kind().appName();
    if (client.title(as.title()).isEmpty()) {
      return putBack(source, app + " does not manage the title any more");
    }
    List<ManagedFile> there =
        client.holding(as.title(), parts(as)).stream()
            .filter(it -> it.id() != as.file() || it.size() != source.size())
            .toList();
    if (there.isEmpty()) {
      return client.isDownloading(as.title(), parts(as))
          ? coming(source, app + " is downloading another copy")
          : at(Phase.WAITING, source);
    }
    List<MediaPath> places = places(connection, there);
    if (places.size() < there.size()) {
      return coming(
          source,
          app
              + " has another copy, which is not seen here: "
              + there.getFirst().path()
              + "; sync check says why");
    }
    return arrived(source, app, there, places, client.history(as.title()));
  }

  /** Where files are for us; those that we do not see are left out. */
  private static List<MediaPath> places(Connection connection, List<ManagedFile> files) {
    return files.stream()
        .flatMap(it -> KnownPath.ours(connection, it.path()).stream())
        .filter(Redownloads::isThere)
        .toList();
  }

  private static boolean isThere(MediaPath path) {
    return Files.isRegularFile(Path.of(path.value()));
  }

  private static RedownloadStanding coming(BrokenSource source, String what) {
    return new RedownloadStanding(Phase.COMING, what, source.stateSince());
  }

  private RedownloadStanding arrived(
      BrokenSource source,
      String app,
      List<ManagedFile> files,
      List<MediaPath> places,
      List<HistoryEvent> history) {
    Grab before = new Grab(0, as(source).release());
    String releases =
        files.stream()
            .map(file -> Grab.releaseOfNewcomer(file, history, as(source).history()))
            .filter(release -> !release.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    boolean same =
        files.stream()
                .map(file -> Grab.releaseOfNewcomer(file, history, as(source).history()))
                .anyMatch(before::isSameRelease)
            || places.stream().anyMatch(place -> isSameContent(source, place));
    MediaPath place = places.getFirst();
    String detail =
        same
            ? app
                + " has imported the same release again"
                + (releases.isEmpty() ? "" : ": " + releases)
            : "another copy lies at " + place + (releases.isEmpty() ? "" : ", of " + releases);
    sources.arrived(source.id(), place, same ? BrokenState.STOPPED : BrokenState.ARRIVED, detail);
    return at(Phase.KEEPING, sources.find(source.id()).orElse(source));
  }

  private boolean isSameContent(BrokenSource source, MediaPath path) {
    if (source.kept().filter(place -> aside.holds(subject(source), place)).isEmpty()) {
      return false;
    }
    Path before = Path.of(source.kept().get().value());
    Path now = Path.of(path.value());
    try {
      return Files.size(before) == Files.size(now)
          && FileIdentity.of(before).sameContent(FileIdentity.of(now));
    } catch (IOException e) {
      guard.require(subject(source).libraryRoot());
      throw Faults.of(
          EvidenceKind.FILE_ACCESS, path + " cannot be compared with what was there before: " + e);
    }
  }

  @Override
  public RedownloadStanding putBack(RedownloadOrder order, String why) {
    return putBack(require(order), why);
  }

  /** The file first; then it is made known there again, as far as that is possible. */
  private RedownloadStanding putBack(BrokenSource source, String why) {
    boolean wasDeletedThere =
        source.state() == BrokenState.WAITING || source.state() == BrokenState.ARRIVED;
    String told = why;
    if (source.kept().isPresent()) {
      SetAside.Subject subject = subject(source);
      Optional<String> refusal = aside.putBack(subject, source.kept().get());
      // Also another file that was taken for it is kept until it can go back.
      if (refusal.isPresent() && isThere(source.kept().get())) {
        sources.notArrived(source.id());
        return stopped(
            source, why + ", but " + refusal.get() + "; it is kept at " + source.kept().get());
      }
      told = refusal.map(gone -> why + ", but " + gone).orElse(why);
      sources.keptNoMore(source.id(), source.state(), told);
    }
    Optional<Connection> connection =
        source.managed().map(BrokenSource.Managed::connection).flatMap(connections::find);
    if (wasDeletedThere && connection.isPresent()) {
      boolean _ = with(connection.get(), client -> madeKnown(source, connection.get(), client));
    }
    return stopped(source, told);
  }

  /** Where another command is at work, its own scans find the file. */
  private boolean madeKnown(BrokenSource source, Connection connection, ArrClient client)
      throws ArrFailed {
    if (client.title(as(source).title()).isEmpty()) {
      return false;
    }
    Monitored now = client.monitored(parts(as(source)));
    Optional<ArrCommand> rescan =
        turn.take(
            connection,
            client,
            "redownload " + source.id(),
            () -> client.rescan(as(source).title()));
    client.restore(now);
    return rescan.isPresent();
  }

  @Override
  public RedownloadStanding letGo(RedownloadOrder order) {
    BrokenSource source = require(order);
    boolean isDue = source.stateSince().plus(kept).isBefore(clock.instant());
    if (!isDue || !isReplaced(source)) {
      return at(Phase.KEEPING, source);
    }
    source.kept().ifPresent(place -> aside.letGo(subject(source), place));
    sources.keptNoMore(
        source.id(),
        source.state() == BrokenState.ARRIVED ? BrokenState.REPLACED : source.state(),
        source.detail());
    return over(source.detail());
  }

  /** Whether all that it held is there again, was looked at, and is not known to be broken. */
  private boolean isReplaced(BrokenSource source) {
    List<MediaPath> places = places(source);
    return !places.isEmpty() && places.stream().allMatch(place -> isSound(source, place));
  }

  /** Where the other copy lies now: it may have another name since it came. */
  private List<MediaPath> places(BrokenSource source) {
    Optional<Connection> connection = connections.find(as(source).connection());
    if (connection.isEmpty()) {
      return source.arrived().filter(Redownloads::isThere).stream().toList();
    }
    return with(
        connection.get(),
        client -> {
          List<ManagedFile> files = client.holding(as(source).title(), parts(as(source)));
          List<MediaPath> places = places(connection.get(), files);
          return places.size() == files.size() ? places : List.of();
        });
  }

  private boolean isSound(BrokenSource source, MediaPath place) {
    try {
      FileIdentity.Stamp now = stamp(place);
      boolean isTheBrokenOne = now.equals(subject(source).stamp());
      return !isTheBrokenOne && sources.isSound(place, now.size(), now.mtime());
    } catch (IOException e) {
      guard.require(subject(source).libraryRoot());
      return false;
    }
  }

  private RedownloadStanding stopped(BrokenSource source, String why) {
    sources.enter(source.id(), BrokenState.STOPPED, why);
    return over(why);
  }

  private RedownloadStanding notYet(BrokenSource source, String why) {
    sources.enter(source.id(), source.state(), why);
    return new RedownloadStanding(Phase.NOT_YET, why, source.stateSince());
  }

  private static RedownloadStanding at(Phase phase, BrokenSource source) {
    return new RedownloadStanding(phase, source.detail(), source.stateSince());
  }

  private RedownloadStanding over(String why) {
    return new RedownloadStanding(Phase.OVER, why, clock.instant());
  }

  private BrokenSource require(RedownloadOrder order) {
    return sources
        .find(order.source())
        .orElseThrow(() -> new IllegalStateException("no broken source " + order.source()));
  }

  private static BrokenSource.Managed as(BrokenSource source) {
    return source
        .managed()
        .orElseThrow(() -> new IllegalStateException(source.path() + " was not looked at yet"));
  }

  private SetAside.Subject subject(BrokenSource source) {
    MediaPath root =
        libraries
            .aroundEvenRemoved(source.path())
            .map(Library::root)
            .orElseThrow(() -> new IllegalStateException(source.path() + " lies in no library"));
    return new SetAside.Subject(
        source.id(),
        source.video(),
        root,
        source.path(),
        new FileIdentity.Stamp(source.size(), source.mtime()));
  }

  /** Ids of its episodes, or of the movie, whichever of them are monitored. */
  private static Set<Long> parts(BrokenSource.Managed as) {
    Set<Long> parts = new TreeSet<>(as.parts().on());
    parts.addAll(as.parts().off());
    return parts;
  }

  /** A step with a server. */
  @FunctionalInterface
  private interface Step<T> {
    T with(ArrClient client) throws ArrFailed;
  }

  private <T> T with(Connection connection, Step<T> step) {
    try {
      return step.with(clients.at(connection));
    } catch (ArrFailed e) {
      throw Faults.of(connection.kind().evidence(), String.valueOf(e.getMessage()));
    }
  }
}
