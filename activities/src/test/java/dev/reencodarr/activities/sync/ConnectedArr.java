package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.judge.ArrJudge;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.TouchedTitles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Sonarr or Radarr with titles on disk that is a connection of a database, its root folder being
 * a library; judged by the vendor's document.
 */
public final class ConnectedArr implements AutoCloseable {

  private final FakeArr fake;
  private final Optional<ArrJudge> judge;
  private final Database database = TestDatabase.fresh();
  private final Path home;
  private final Path root;
  private final Connection connection;
  private final KeptKeyClients clients;

  private ConnectedArr(FakeArr fake, Path folder) throws Exception {
    this.fake = fake;
    this.judge = ArrJudge.of(fake.kind());
    judge.ifPresent(fake::observe);
    this.home = Files.createDirectories(folder.resolve("home"));
    this.root = Files.createDirectories(folder.resolve("media")).toRealPath();
    new LibraryRepository(database).add("media", new MediaPath(root.toString()), "attic", false);
    this.connection =
        new ConnectionRepository(database)
            .add(
                new Connection(
                    0,
                    "tv",
                    fake.kind().isSonarr() ? ArrKind.SONARR : ArrKind.RADARR,
                    URI.create(fake.url() + "/"),
                    0,
                    "attic",
                    PathMap.NONE,
                    Duration.ofHours(6)),
                SecretKey.inOrNew(home),
                FakeArr.KEY);
    this.clients = new KeptKeyClients(database, home);
  }

  public static ConnectedArr sonarr(Path folder) throws Exception {
    return new ConnectedArr(FakeArr.sonarr(), folder);
  }

  public static ConnectedArr radarr(Path folder) throws Exception {
    return new ConnectedArr(FakeArr.radarr(), folder);
  }

  public FakeArr fake() {
    return fake;
  }

  public Database database() {
    return database;
  }

  public Path home() {
    return home;
  }

  public Connection connection() {
    return connection;
  }

  public KeptKeyClients clients() {
    return clients;
  }

  /** A title with a folder of its own. */
  public Title title(String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    return fake.library().addTitle(name, 2017, folder);
  }

  /** A file of a title that it knows. */
  public MediaFile file(Title title, String name, int size) throws IOException {
    return fake.library().addFile(title.id(), write(title, name, size), "");
  }

  public Path write(Title title, String name, int size) throws IOException {
    Path path = title.folder().resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, new byte[size]);
  }

  /** That something has happened at these titles. */
  public TouchedTitles touched(Long... titles) {
    return new TouchedTitles(
        connection.id(), connection.name(), connection.kind(), "attic", List.of(titles));
  }

  /** What is known of its files: size and path, in order. */
  public List<String> known() {
    ManagedRepository managed = new ManagedRepository(database);
    List<Long> titles = managed.titleIds(connection.id());
    return managed.files(connection.id(), titles).values().stream()
        .flatMap(List::stream)
        .map(this::line)
        .sorted()
        .toList();
  }

  /** The same as it is there. */
  public List<String> there() {
    return fake.library().titles().stream()
        .flatMap(title ->
            fake.library().files(title.id()).stream()
                .map(file -> file.id() + " " + file.size() + " " + title.pathOf(file)))
        .sorted()
        .toList();
  }

  private String line(KnownFile file) {
    return file.record().id() + " " + file.record().size() + " " + file.path();
  }

  public void assertJudged() {
    judge.ifPresent(one -> assertThat(one.violations()).isEmpty());
  }

  @Override
  public void close() {
    clients.close();
    fake.close();
  }
}
