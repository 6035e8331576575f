package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.OpenFileTelling;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.sync.FileStanding;
import dev.reencodarr.workflows.sync.FileTellActivities;
import dev.reencodarr.workflows.sync.FileTelling;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Sonarr and Radarr of files of theirs that were replaced or put back. */
public final class ConnectionTeller implements FileTellActivities {

  private static final Logger log = LoggerFactory.getLogger(ConnectionTeller.class);

  private final FileTellingRepository tellings;
  private final CommandTurn turn;
  private final ManagedRepository managed;
  private final VideoRepository videos;
  private final ConnectionClients clients;
  private final LibraryRepository libraries;
  private final LibraryGuard guard;

  /**
   * @param guard says whether the mount of a file that is not there is there itself
   */
  public ConnectionTeller(Database database, ConnectionClients clients, LibraryGuard guard) {
    this.libraries = new LibraryRepository(database);
    this.guard = guard;
    this.tellings = new FileTellingRepository(database);
    this.turn = new CommandTurn(database);
    this.managed = new ManagedRepository(database);
    this.videos = new VideoRepository(database);
    this.clients = clients;
  }

  @Override
  public List<FileTelling> open(VideoId video) {
    return tellings.open(video).stream()
        .map(it -> new FileTelling(it.id(), it.connection().name(), it.connection().kind()))
        .toList();
  }

  /** A step with the server of a telling. */
  @FunctionalInterface
  private interface Step<T> {
    T with(OpenFileTelling telling, ArrClient client) throws ArrFailed;
  }

  /**
   * Takes a step.
   *
   * @param closed what it comes to where nothing is to be told any more
   */
  private <T> T step(FileTelling telling, T closed, Step<T> step) {
    Optional<OpenFileTelling> open = tellings.find(telling.id());
    if (open.isEmpty()) {
      return closed;
    }
    Connection connection = open.get().connection();
    try {
      return step.with(open.get(), clients.at(connection));
    } catch (ArrFailed e) {
      throw Faults.of(connection.kind().evidence(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public FileStanding record(FileTelling telling) {
    return step(
        telling,
        FileStanding.NOT_MANAGED,
        (open, client) -> {
          Optional<ManagedFile> file = client.file(open.file());
          if (file.isPresent() && !open.recorded()) {
            tellings.record(open.id(), file.get(), client.monitored(file.get()));
          }
          return standing(open, client);
        });
  }

  @Override
  public FileStanding look(FileTelling telling) {
    return step(telling, FileStanding.NOT_MANAGED, this::standing);
  }

  private FileStanding standing(OpenFileTelling noted, ArrClient client) throws ArrFailed {
    if (client.title(noted.title()).isEmpty()) {
      return FileStanding.NOT_MANAGED;
    }
    OpenFileTelling open = followed(noted, client);
    OptionalLong size = sizeOf(open.path());
    if (size.isEmpty()) {
      requireMount(open.path());
      // Replaced, upgraded or removed by somebody else: whoever did that has told it.
      return FileStanding.NOT_MANAGED;
    }
    Optional<ManagedFile> now = managedAs(open, client);
    now.map(ManagedFile::id)
        .filter(id -> id != open.found())
        .ifPresent(id -> tellings.found(open.id(), id));
    return now.map(
            file -> file.size() == size.getAsLong() ? FileStanding.AS_IT_IS : FileStanding.OUTDATED)
        .orElse(FileStanding.UNKNOWN);
  }

  /** A file that lies on a mount which is gone is not gone. */
  private void requireMount(MediaPath path) {
    libraries.byRootContaining(path).map(Library::root).ifPresent(guard::require);
  }

  /** Renamed there meanwhile, by a user or at our word, it is the same file in another place. */
  private OpenFileTelling followed(OpenFileTelling open, ArrClient client) throws ArrFailed {
    if (sizeOf(open.path()).isPresent()) {
      return open;
    }
    Optional<MediaPath> place =
        client
            .file(open.found() > 0 ? open.found() : open.file())
            .flatMap(file -> KnownPath.ours(open.connection(), file.path()))
            .filter(path -> sizeOf(path).isPresent());
    place.ifPresent(path -> follow(open, path));
    return place.map(open::at).orElse(open);
  }

  /** The file at its path, under whichever id: another name gives it another one. */
  private static Optional<ManagedFile> managedAs(OpenFileTelling open, ArrClient client)
      throws ArrFailed {
    String path = open.connection().paths().theirs(open.path().value());
    Optional<ManagedFile> known = client.file(open.file()).filter(it -> it.path().equals(path));
    return known.isPresent()
        ? known
        : client.files(List.of(open.title())).stream()
            .filter(it -> it.path().equals(path))
            .findFirst();
  }

  private static OptionalLong sizeOf(MediaPath path) {
    try {
      return OptionalLong.of(Files.size(Path.of(path.value())));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.FILE_ACCESS, path + " cannot be looked at: " + e.getMessage());
    }
  }

  @Override
  public CommandEnd rescan(FileTelling telling) {
    return step(
        telling,
        CommandEnd.NOT_NEEDED,
        (open, client) -> command(open, client, () -> client.rescan(open.title())));
  }

  @Override
  public CommandEnd rename(FileTelling telling) {
    return step(
        telling,
        CommandEnd.NOT_NEEDED,
        (open, client) -> {
          // First, since the name may be made of it.
          Optional<ManagedFile> file = putRight(open, client);
          Optional<String> name = file.isEmpty() ? Optional.empty() : client.renamedTo(file.get());
          if (file.isEmpty() || name.isEmpty()) {
            return CommandEnd.NOT_NEEDED;
          }
          CommandEnd end =
              command(open, client, () -> client.rename(open.title(), file.get().id()));
          client
              .file(file.get().id())
              .flatMap(now -> KnownPath.ours(open.connection(), now.path()))
              .filter(path -> !path.equals(open.path()))
              .ifPresentOrElse(
                  path -> follow(open, path),
                  () -> log.info("{} was not renamed to {}", open.path(), name.get()));
          return end;
        });
  }

  /**
   * What the file is called there, and nothing else, is what is known of one by another name: what
   * was recorded is put back. One that was imported meanwhile is another one, and rated for itself.
   *
   * @return the file at its path; empty where there is none, or it is another one
   */
  private static Optional<ManagedFile> putRight(OpenFileTelling open, ArrClient client)
      throws ArrFailed {
    Optional<ManagedFile> now = managedAs(open, client);
    if (now.isEmpty() || open.before().isEmpty()) {
      return now;
    }
    ManagedFile before = open.before().get();
    if (before.id() == now.get().id()) {
      return now;
    }
    if (wasImported(now.get(), before)) {
      return Optional.empty();
    }
    client.restore(before, now.get().id());
    return managedAs(open, client);
  }

  /** What a scan has found has no scene name, what we have put right has the one of before. */
  private static boolean wasImported(ManagedFile now, ManagedFile before) {
    return !now.sceneName().isEmpty() && !now.sceneName().equals(before.sceneName());
  }

  /** The video goes with its file. */
  private void follow(OpenFileTelling open, MediaPath to) {
    if (!isInTheSameLibrary(open.path(), to) || sizeOf(to).isEmpty()) {
      log.warn("{} is told to be called {} now, which cannot be", open.path(), to);
      return;
    }
    if (!videos.renamed(open.video(), open.path(), to)) {
      // It is being worked at, or a scan was quicker: its content is known again by the next scan.
      log.info("{} is called {} now, which the next scan will find", open.path(), to);
    }
    tellings.renamed(open.id(), to);
  }

  private boolean isInTheSameLibrary(MediaPath one, MediaPath other) {
    return libraries
        .byRootContaining(one)
        .map(Library::id)
        .equals(libraries.byRootContaining(other).map(Library::id));
  }

  private CommandEnd command(OpenFileTelling open, ArrClient client, CommandTurn.Giving giving)
      throws ArrFailed {
    return turn.take(open.connection(), client, "telling " + open.id(), giving).isPresent()
        ? CommandEnd.OVER
        : CommandEnd.BUSY;
  }

  @Override
  public String settle(FileTelling telling) {
    return step(
        telling,
        "",
        (open, client) -> {
          if (standing(open, client) != FileStanding.AS_IT_IS) {
            // It has changed since it was looked at: what is open stays so.
            return "";
          }
          Optional<ManagedFile> now = putRight(open, client);
          List<String> worse = new ArrayList<>();
          if (now.isPresent() && open.before().isPresent()) {
            worse.addAll(comparison(open.video(), open.before().get(), now.get()));
          }
          if (open.monitored().isPresent() && now.isPresent()) {
            restore(client, open.monitored().get(), now.get(), worse);
          } else if (now.filter(after -> after.id() != open.file()).isPresent()) {
            worse.add("what of it was monitored before is not known");
          }
          now.ifPresent(after ->
              managed.replaceFile(
                  open.connection().id(), open.file(), new KnownFile(open.path(), after)));
          String warning = String.join("; ", worse);
          if (!warning.isEmpty()) {
            log.warn("{}: {}: {}", open.connection().name(), open.path(), warning);
          }
          tellings.told(open.id(), open.noted(), warning);
          return warning;
        });
  }

  private List<String> comparison(VideoId video, ManagedFile before, ManagedFile after) {
    List<String> worse = new ArrayList<>();
    if (after.formatScore() < before.formatScore()) {
      worse.add(
          "its custom format score fell from "
              + before.formatScore()
              + " to "
              + after.formatScore());
    }
    if (after.cutoffNotMet() && !before.cutoffNotMet()) {
      worse.add("its quality is below the cutoff now: it may be downloaded again");
    }
    boolean isAv1 =
        videos
            .find(video)
            .map(Video::media)
            .flatMap(Video.Media::codec)
            .filter(codec -> codec.equals("av1"))
            .isPresent();
    if (isAv1 && !after.videoCodec().isEmpty() && !after.videoCodec().equals("AV1")) {
      worse.add("its codec is still shown as " + after.videoCodec());
    }
    return worse;
  }

  /** What was recorded, and nothing else: what was not monitored before is not monitored now. */
  private static void restore(
      ArrClient client, Monitored recorded, ManagedFile now, List<String> worse) throws ArrFailed {
    if (client.monitored(now).equals(recorded)) {
      return;
    }
    client.restore(recorded);
    if (!client.monitored(now).equals(recorded)) {
      worse.add("what of it is monitored is not as it was");
    }
  }

  @Override
  public void drop(FileTelling telling) {
    boolean _ =
        step(
            telling,
            true,
            (open, client) -> {
              boolean isLeft = standing(open, client) == FileStanding.NOT_MANAGED;
              if (isLeft) {
                tellings.told(open.id(), open.noted(), "");
              }
              return isLeft;
            });
  }

  @Override
  public void failed(FileTelling telling, String problem) {
    tellings.failed(telling.id(), problem);
  }
}
