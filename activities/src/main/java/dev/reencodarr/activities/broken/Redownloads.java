package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.replace.SetAside;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Video;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Has Sonarr and Radarr get other copies of broken sources. */
public final class Redownloads implements RedownloadActivities {

  /** What is broken so often in a row is so at its source. */
  static final int MOST_COPIES = 3;

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
      return new RedownloadStanding(Phase.OVER, "it is not known any more");
    }
    BrokenSource source = found.get();
    return switch (source.state()) {
      case FOUND -> new RedownloadStanding(Phase.OVER, "no other copy was ordered");
      case ORDERED -> prepared(source);
      case WAITING -> new RedownloadStanding(Phase.WAITING, source.detail());
      case ARRIVED, REPLACED, STOPPED, ACQUITTED ->
          new RedownloadStanding(
              source.kept().isPresent() ? Phase.KEEPING : Phase.OVER, source.detail());
    };
  }

  private RedownloadStanding prepared(BrokenSource source) {
    Optional<String> change = change(source);
    if (change.isPresent()) {
      return stopped(source, change.get());
    }
    Optional<Video> video = videos.find(source.video());
    if (video.filter(it -> it.state().isWork()).isPresent()) {
      return notYet(source, "the file is being worked at");
    }
    if (source.managed().isPresent()) {
      return ready(source);
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

  private RedownloadStanding ready(BrokenSource source) {
    return new RedownloadStanding(Phase.READY, source.path() + " is broken: " + source.problem());
  }

  /** What lies at its place is another file now, or none, unless it is kept already. */
  private Optional<String> change(BrokenSource source) {
    SetAside.Subject subject = subject(source);
    if (source.kept().filter(place -> aside.holds(subject, place)).isPresent()) {
      return Optional.empty();
    }
    try {
      FileIdentity.Stamp now = FileIdentity.Stamp.of(Path.of(source.path().value()));
      return now.equals(subject.stamp())
          ? Optional.empty()
          : Optional.of("another file lies there since");
    } catch (IOException e) {
      guard.require(subject.libraryRoot());
      return Optional.of("the file is not there any more");
    }
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
    if (as(source).grab() == 0) {
      return;
    }
    boolean _ =
        with(
            connection(source),
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
    Connection connection = connection(source);
    return with(
        connection,
        client -> {
          Optional<ArrCommand> search =
              turn.take(
                  connection,
                  client,
                  "redownload " + source.id(),
                  () -> client.search(parts(as(source))));
          return search.isEmpty() ? CommandEnd.BUSY : carriedOut(connection, search.get());
        });
  }

  private static CommandEnd carriedOut(Connection connection, ArrCommand search) {
    return switch (search.state()) {
      case COMPLETED -> CommandEnd.OVER;
      case QUEUED, STARTED, FAILED, ABORTED, CANCELLED, ORPHANED ->
          throw Faults.of(
              connection.kind().evidence(),
              "the search for another copy was not carried out: it is "
                  + search.state().name().toLowerCase(java.util.Locale.ROOT)
                  + (search.message().isEmpty() ? "" : ", " + search.message()));
    };
  }

  @Override
  public RedownloadStanding setAside(RedownloadOrder order) {
    BrokenSource source = require(order);
    SetAside.Subject subject = subject(source);
    if (source.kept().filter(place -> aside.holds(subject, place)).isEmpty()) {
      SetAside.Outcome outcome =
          aside.setAside(subject, place -> sources.keeping(source.id(), place));
      switch (outcome) {
        case SetAside.Outcome.Changed changed -> {
          sources.keptNoMore(source.id());
          return stopped(source, changed.what());
        }
        case SetAside.Outcome.Kept _ -> {}
      }
    }
    Connection connection = connection(source);
    String detail = connection.kind().appName() + " looks for another copy" + unknownGrab(source);
    return with(
        connection,
        client -> {
          // Whatever lies there now is another file, which it would delete.
          if (!isThere(source.path())) {
            client.deleteFile(as(source).file());
          }
          // Losing its file may have ended that it is monitored.
          client.restore(as(source).parts());
          sources.waiting(source.id(), detail);
          return new RedownloadStanding(Phase.WAITING, detail);
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
    Optional<Connection> found = connections.find(as(source).connection());
    if (found.isEmpty()) {
      return putBack(order, "the connection was removed");
    }
    Connection connection = found.get();
    Optional<Arrival> arrival = with(connection, client -> arrival(source, connection, client));
    if (arrival.isEmpty()) {
      return new RedownloadStanding(Phase.WAITING, source.detail());
    }
    return arrival
        .get()
        .path()
        .map(path -> arrived(source, connection, arrival.get().release(), path))
        .orElseGet(() ->
            putBack(order, connection.kind().appName() + " does not manage the title any more"));
  }

  /**
   * What was seen there.
   *
   * @param path where the other copy lies; empty: its title is managed no more
   */
  private record Arrival(Optional<MediaPath> path, String release) {}

  private static Optional<Arrival> arrival(
      BrokenSource source, Connection connection, ArrClient client) throws ArrFailed {
    BrokenSource.Managed as = as(source);
    if (client.title(as.title()).isEmpty()) {
      return Optional.of(new Arrival(Optional.empty(), ""));
    }
    Optional<ManagedFile> file =
        client.holding(as.title(), parts(as)).stream()
            .filter(it -> it.id() != as.file() || it.size() != source.size())
            .findFirst();
    Optional<MediaPath> path =
        file.flatMap(it -> KnownPath.ours(connection, it.path())).filter(Redownloads::isThere);
    if (file.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    List<HistoryEvent> history = client.history(as.title());
    return Optional.of(
        new Arrival(path, Grab.releaseOfNewcomer(file.get(), history, as.history())));
  }

  private static boolean isThere(MediaPath path) {
    return Files.isRegularFile(Path.of(path.value()));
  }

  private RedownloadStanding arrived(
      BrokenSource source, Connection connection, String release, MediaPath path) {
    boolean same =
        new Grab(0, as(source).release()).isSameRelease(release) || isSameContent(source, path);
    String detail =
        same
            ? connection.kind().appName()
                + " has imported the same release again"
                + (release.isEmpty() ? "" : ": " + release)
            : "another copy lies at " + path + (release.isEmpty() ? "" : ", of " + release);
    sources.arrived(source.id(), path, same ? BrokenState.STOPPED : BrokenState.ARRIVED, detail);
    return new RedownloadStanding(source.kept().isPresent() ? Phase.KEEPING : Phase.OVER, detail);
  }

  private boolean isSameContent(BrokenSource source, MediaPath path) {
    if (source.kept().isEmpty()) {
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
    BrokenSource source = require(order);
    if (source.kept().isEmpty()) {
      return stopped(source, why);
    }
    Optional<String> refusal = aside.putBack(subject(source), source.kept().get());
    if (refusal.isPresent()) {
      return stopped(
          source, why + ", but " + refusal.get() + "; it is kept at " + source.kept().get());
    }
    Optional<Connection> connection =
        source.managed().map(BrokenSource.Managed::connection).flatMap(connections::find);
    if (connection.isPresent()) {
      boolean _ =
          with(
              connection.get(),
              client -> {
                Monitored monitored = as(source).parts();
                rescanned(source, connection.get(), client);
                client.restore(monitored);
                return true;
              });
    }
    sources.keptNoMore(source.id());
    return stopped(source, why);
  }

  private void rescanned(BrokenSource source, Connection connection, ArrClient client)
      throws ArrFailed {
    if (client.title(as(source).title()).isEmpty()) {
      return;
    }
    Optional<ArrCommand> rescan =
        turn.take(
            connection,
            client,
            "redownload " + source.id(),
            () -> client.rescan(as(source).title()));
    if (rescan.isEmpty()) {
      throw Faults.of(connection.kind().evidence(), "is busy with other commands");
    }
  }

  @Override
  public RedownloadStanding letGo(RedownloadOrder order) {
    BrokenSource source = require(order);
    if (source.kept().isEmpty()) {
      return new RedownloadStanding(Phase.OVER, source.detail());
    }
    boolean isDue = source.stateSince().plus(kept).isBefore(clock.instant());
    if (!isDue || place(source).filter(sources::isSound).isEmpty()) {
      return new RedownloadStanding(Phase.KEEPING, source.detail());
    }
    aside.letGo(subject(source), source.kept().get());
    sources.keptNoMore(source.id());
    if (source.state() == BrokenState.ARRIVED) {
      sources.enter(source.id(), BrokenState.REPLACED, source.detail());
    }
    return new RedownloadStanding(Phase.OVER, source.detail());
  }

  /** Where the other copy lies now: it may have another name since it came. */
  private Optional<MediaPath> place(BrokenSource source) {
    Optional<MediaPath> arrived = source.arrived().filter(Redownloads::isThere);
    Optional<Connection> connection = connections.find(as(source).connection());
    return arrived.isPresent() || connection.isEmpty()
        ? arrived
        : with(connection.get(), client -> arrival(source, connection.get(), client))
            .flatMap(Arrival::path);
  }

  private RedownloadStanding stopped(BrokenSource source, String why) {
    sources.enter(source.id(), BrokenState.STOPPED, why);
    return new RedownloadStanding(Phase.OVER, why);
  }

  private RedownloadStanding notYet(BrokenSource source, String why) {
    sources.enter(source.id(), source.state(), why);
    return new RedownloadStanding(Phase.NOT_YET, why);
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

  private Connection connection(BrokenSource source) {
    return connections
        .find(as(source).connection())
        .orElseThrow(
            () -> new IllegalStateException("the connection of " + source.path() + " was removed"));
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
