package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.sync.arr.ArrSettings;
import dev.reencodarr.activities.sync.arr.ArrStatus;
import dev.reencodarr.activities.sync.arr.RootFolder;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import dev.reencodarr.workflows.sync.ConnectionCheck.Finding;
import dev.reencodarr.workflows.sync.ConnectionCheck.Weight;
import dev.reencodarr.workflows.sync.ConnectionCheckActivities;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a connection is what it is taken for, and what about it will hurt. */
public final class ConnectionLook implements ConnectionCheckActivities {

  /** So many titles are tried until one has a file. */
  private static final int SAMPLED_TITLES = 20;

  private final ConnectionRepository connections;
  private final ConnectionClients clients;

  public ConnectionLook(Database database, ConnectionClients clients) {
    this.connections = new ConnectionRepository(database);
    this.clients = clients;
  }

  @Override
  public ConnectionCheck check(SyncOrder order) {
    Connection connection =
        connections
            .find(order.connection())
            .orElseThrow(() ->
                Faults.of(
                    EvidenceKind.UNEXPECTED, "the connection " + order.name() + " was removed"));
    return new Look(connection).check();
  }

  /** One look. */
  private final class Look {
    private final Connection connection;
    private final List<Finding> findings = new ArrayList<>();
    private final List<MediaPath> roots = new ArrayList<>();

    private Look(Connection connection) {
      this.connection = connection;
    }

    private ConnectionCheck check() {
      try {
        ArrClient client = clients.at(connection);
        if (isWhatItIsTakenFor(client.status())) {
          client.rootFolders().forEach(this::lookAt);
          compareSample(client);
          warnOf(client.settings());
        }
      } catch (ArrFailed e) {
        add(Weight.BAD, connection.words() + ": " + e.getMessage() + advice(e));
      }
      return new ConnectionCheck(findings, roots);
    }

    private static String advice(ArrFailed failed) {
      boolean isMissing = failed.kind() == ArrFailed.Kind.NOT_THERE;
      return isMissing && !String.valueOf(failed.getMessage()).contains("URL base")
          ? ": check the address and its URL base"
          : "";
    }

    private void add(Weight weight, String line) {
      findings.add(new Finding(weight, line));
    }

    private boolean isWhatItIsTakenFor(ArrStatus status) {
      if (!status.appName().equalsIgnoreCase(connection.kind().appName())) {
        add(
            Weight.BAD,
            "what answers there is "
                + (status.appName().isEmpty() ? "another program" : status.appName())
                + ", not "
                + connection.kind().appName()
                + ": are two addresses swapped?");
        return false;
      }
      add(Weight.GOOD, status.appName() + " " + status.version() + " answers");
      String base = withoutSlashes(status.urlBase());
      if (!base.equals(withoutSlashes(connection.url().getPath()))) {
        add(
            Weight.WARNING,
            base.isEmpty()
                ? "it has no URL base, but the address has a path"
                : "its URL base is /" + base + "; the address should end with it");
      }
      return true;
    }

    private void lookAt(RootFolder root) {
      if (!root.accessible()) {
        add(
            Weight.WARNING,
            connection.kind().appName()
                + " itself cannot reach its root folder "
                + root.path()
                + ": what lies there is left alone by it");
      }
      String ours = connection.paths().ours(root.path());
      String words = root.path().equals(ours) ? ours : root.path() + ", which is " + ours + " here";
      Optional<MediaPath> folder = realFolder(ours);
      if (folder.isEmpty()) {
        add(
            Weight.BAD,
            "its root folder "
                + words
                + ", is not there for us; say what it is called here with --path OURS=THEIRS");
      } else {
        roots.add(folder.get());
        add(Weight.GOOD, "root folder " + words);
      }
    }

    private Optional<MediaPath> realFolder(String path) {
      try {
        Path folder = Path.of(path);
        return folder.isAbsolute() && Files.isDirectory(folder)
            ? Optional.of(new MediaPath(folder.toRealPath().toString()))
            : Optional.empty();
      } catch (IOException | InvalidPathException e) {
        return Optional.empty();
      }
    }

    /** A mapping that is wrong by one folder shows with the first file. */
    private void compareSample(ArrClient client) throws ArrFailed {
      List<Title> some = new ArrayList<>();
      client.titles(title -> {
        if (title.files() > 0 && some.size() < SAMPLED_TITLES) {
          some.add(title);
        }
      });
      for (Title title : some) {
        Optional<ManagedFile> file =
            client.files(List.of(title.id())).stream().filter(it -> it.size() > 0).findFirst();
        if (file.isPresent()) {
          compare(file.get());
          return;
        }
      }
      add(Weight.WARNING, "it has no file yet that could be compared with ours");
    }

    private void compare(ManagedFile file) {
      String ours = connection.paths().ours(file.path());
      try {
        long size = Files.size(Path.of(ours));
        add(
            size == file.size() ? Weight.GOOD : Weight.WARNING,
            size == file.size()
                ? "a file of its is the same here: " + ours
                : ours
                    + " has "
                    + size
                    + " bytes, and "
                    + file.size()
                    + " as it was told: it has not looked at it since it was changed");
      } catch (IOException | InvalidPathException e) {
        add(Weight.BAD, "a file of its is not there for us: " + ours);
      }
    }

    private void warnOf(ArrSettings settings) {
      if (settings.unmonitorsDeleted()) {
        add(
            Weight.WARNING,
            "it stops to monitor what loses its file; where a file gets another name that is put right"
                + " again after a replacement, but until then it may miss an upgrade");
      }
      if (!settings.readsMediaInfo()) {
        add(
            Weight.WARNING,
            "it does not look into files (Analyse video files is off): codec and resolution there"
                + " will stay as they were");
      }
      if (settings.rescan().equals("never")) {
        add(
            Weight.WARNING,
            "it rescans folders never by itself; after a replacement it is told to, each time");
      }
      if (settings.recycleBin().isEmpty()) {
        add(
            Weight.WARNING,
            "it has no recycle bin: what it deletes is gone, upgrades and our originals alike");
      }
      for (String profile : settings.upgradingProfiles()) {
        add(
            Weight.WARNING,
            "quality profile "
                + profile
                + " allows upgrades and scores a format by AV1: what we have made may be taken for"
                + " worse, or better, and be downloaded again");
      }
    }
  }

  private static String withoutSlashes(String path) {
    return path.replaceAll("^/+|/+$", "");
  }
}
