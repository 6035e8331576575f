package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.ManagedActivities;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.ManagedStanding;
import dev.reencodarr.workflows.sync.Monitored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Sonarr and Radarr whether another file is on its way, and stops the circle of a file that is
 * imported again and again because we replace it.
 */
public final class ManagedGuard implements ManagedActivities {

  /**
   * So many results of ours may be replaced by another import; then whatever scores files there
   * takes ours for worse, and would do so for ever.
   */
  public static final int MOST_IMPORTS = 3;

  private static final Logger log = LoggerFactory.getLogger(ManagedGuard.class);

  private final VideoRepository videos;
  private final ManagedRepository managed;
  private final ConnectionRepository connections;
  private final FileTellingRepository tellings;
  private final ConnectionClients clients;

  public ManagedGuard(Database database, ConnectionClients clients) {
    this.videos = new VideoRepository(database);
    this.managed = new ManagedRepository(database);
    this.connections = new ConnectionRepository(database);
    this.tellings = new FileTellingRepository(database);
    this.clients = clients;
  }

  @Override
  public ManagedStanding standing(VideoId video) {
    Optional<MediaPath> path = videos.find(video).map(Video::path);
    for (ManagedRepository.Manager manager : path.map(managed::managersOf).orElse(List.of())) {
      Optional<Connection> connection = connections.find(manager.connection());
      ManagedStanding standing =
          connection.isEmpty()
              ? new ManagedStanding.Free()
              : standing(connection.get(), manager, path.get());
      if (!(standing instanceof ManagedStanding.Free)) {
        return standing;
      }
    }
    return new ManagedStanding.Free();
  }

  private ManagedStanding standing(
      Connection connection, ManagedRepository.Manager manager, MediaPath path) {
    try {
      ArrClient client = clients.at(connection);
      Optional<ManagedFile> file = client.file(manager.file());
      if (file.isEmpty()) {
        // Imported again it has another id, which no sync may have read yet.
        String theirs = connection.paths().theirs(path.value());
        file =
            client.files(List.of(manager.title())).stream()
                .filter(it -> it.path().equals(theirs))
                .findFirst();
      }
      return file.isEmpty() ? new ManagedStanding.Free() : standing(connection, client, file.get());
    } catch (ArrFailed e) {
      log.warn("{} cannot be asked before work: {}", connection.words(), e.getMessage());
      return new ManagedStanding.Free();
    }
  }

  private ManagedStanding standing(Connection connection, ArrClient client, ManagedFile file)
      throws ArrFailed {
    if (client.isDownloading(file)) {
      return new ManagedStanding.Later(
          connection.kind().appName() + " is downloading another file for it");
    }
    int replaced =
        tellings.resultsFor(connection.id(), file.title(), parts(client.monitored(file)));
    return replaced < MOST_IMPORTS
        ? new ManagedStanding.Free()
        : new ManagedStanding.LeftAlone(
            SkipReason.IMPORTED_AGAIN,
            connection.kind().appName()
                + " has imported it again after each of "
                + replaced
                + " replacements; look at its custom formats and quality profile, then retry");
  }

  /** Ids of the episodes, or of the movie, whichever of them are monitored. */
  private static Set<Long> parts(Monitored monitored) {
    Set<Long> parts = new TreeSet<>(monitored.on());
    parts.addAll(monitored.off());
    return parts;
  }
}
