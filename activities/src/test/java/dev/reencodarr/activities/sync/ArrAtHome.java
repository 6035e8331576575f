package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.judge.ArrJudge;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A Sonarr or Radarr with real folders and a connection to it. Whatever is said to it and by it is
 * held against the vendor's document when it is closed.
 */
final class ArrAtHome implements AutoCloseable {

  private static final Duration EVERY = Duration.ofHours(6);

  private final FakeArr arr;
  private final Optional<ArrJudge> judge;
  private final Path media;

  private ArrAtHome(FakeArr arr, Path media) throws IOException {
    this.arr = arr;
    this.media = Files.createDirectories(media);
    this.judge = ArrJudge.of(arr.kind());
    judge.ifPresent(arr::observe);
  }

  static ArrAtHome sonarr(Path media) throws IOException {
    return new ArrAtHome(FakeArr.sonarr(), media);
  }

  static ArrAtHome radarr(Path media) throws IOException {
    return new ArrAtHome(FakeArr.radarr(), media);
  }

  FakeArr arr() {
    return arr;
  }

  Path media() {
    return media;
  }

  ArrKind kind() {
    return arr.kind().isSonarr() ? ArrKind.SONARR : ArrKind.RADARR;
  }

  /** A library whose root is its folder. */
  Library library(Database database) {
    return new LibraryRepository(database)
        .add(media.getFileName().toString(), new MediaPath(media.toString()), "default", false);
  }

  Connection connection(Database database, Path home) throws Exception {
    return connection(database, home, kind().code(), PathMap.NONE);
  }

  /** A connection, with its key kept as a secret. */
  Connection connection(Database database, Path home, String name, PathMap paths) throws Exception {
    return connection(
        database, home, name, kind(), URI.create(arr.url() + "/"), FakeArr.KEY, paths);
  }

  /** A connection that may be wrong in any way. */
  static Connection connection(
      Database database, Path home, String name, ArrKind kind, URI url, String key, PathMap paths)
      throws Exception {
    return new ConnectionRepository(database)
        .add(
            new Connection(0, name, kind, url, 0, "default", paths, EVERY),
            SecretKey.inOrNew(home),
            key);
  }

  Title title(String name) {
    return arr.library().addTitle(name, 2017, media.resolve(name));
  }

  /** An episode of the first season that lies on disk and is known. */
  MediaFile episode(Title series, int number, int bytes) throws IOException {
    return file(
        series,
        String.format(
            Locale.ROOT, "Season 01/%s.S01E%02d.1080p.WEB-DL-GRP.mkv", series.name(), number),
        bytes);
  }

  /** A file that lies on disk and is known. */
  MediaFile file(Title title, String relative, int bytes) throws IOException {
    Path path = write(title.folder().resolve(relative), bytes);
    return arr.library().addFile(title.id(), path, title.name() + ".2017.1080p.WEB-DL-GRP");
  }

  static Path write(Path path, int bytes) throws IOException {
    Files.createDirectories(path.resolve("..").normalize());
    return Files.write(path, new byte[bytes]);
  }

  MediaPath path(Title title, MediaFile file) {
    return new MediaPath(title.pathOf(file));
  }

  @Override
  public void close() {
    arr.close();
    assertThat(arr.requests().keyStoodInQuery()).isFalse();
    assertThat(arr.wholeLibraryScans()).as("a whole library is never scanned").isZero();
    judge.ifPresent(
        it -> assertThat(it.violations()).as("what the vendor's document forbids").isEmpty());
  }
}
