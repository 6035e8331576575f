package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A library with one video and its staged result on a real file system, and a real journal.
 *
 * @param root of the library
 * @param source the original
 * @param target where the result is to lie
 */
record ReplaceBench(
    ReplacementRepository rows, VideoId video, Path root, Path source, Path target, Path work) {

  static final byte[] ORIGINAL =
      "the original, larger".repeat(400).getBytes(StandardCharsets.UTF_8);
  static final byte[] RESULT = "the result, smaller".repeat(200).getBytes(StandardCharsets.UTF_8);
  static final Instant MODIFIED = Instant.parse("2020-02-03T04:05:06.123456Z");

  /** One connection for all statements, so that a thousand swaps stay cheap. */
  static Database database() {
    return database(freshUrl());
  }

  static Database database(String url) {
    return new Database(new SingleConnectionDataSource(url, "postgres", "", true));
  }

  /** The address of a new database, also for other JVMs. */
  static String freshUrl() {
    Database fresh = TestDatabase.fresh();
    String name = fresh.client().sql("select current_database()").query(String.class).single();
    int port = fresh.client().sql("select inet_server_port()").query(Integer.class).single();
    String schema = fresh.client().sql("select current_schema()").query(String.class).single();
    return "jdbc:postgresql://localhost:" + port + "/" + name + "?currentSchema=" + schema;
  }

  /** A new library below the folder. */
  static ReplaceBench in(Database database, Path folder, String sourceName, String targetName) {
    try {
      Path root = Files.createDirectories(folder.resolve("library-" + UUID.randomUUID()));
      Path show = Files.createDirectories(root.resolve("A Show/Season 01"));
      Path work = Files.createDirectories(folder.resolve("work"));
      VideoId video = new VideoId(UUID.randomUUID());
      ReplaceBench bench =
          new ReplaceBench(
              new ReplacementRepository(database),
              video,
              root,
              show.resolve(sourceName),
              show.resolve(targetName),
              work);
      bench.insertVideo(database);
      bench.writeOriginal();
      return bench;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with its file replaced, by exchange. */
  static ReplaceBench replaced(Database database, Path folder, String sourceName) {
    ReplaceBench bench = in(database, folder, sourceName, "movie.mkv");
    bench.exchanging().swap(bench.staged("swap"));
    return bench;
  }

  /** The same over another connection, as another worker has it. */
  ReplaceBench over(Database other) {
    return new ReplaceBench(new ReplacementRepository(other), video, root, source, target, work);
  }

  /** On a mount that can exchange, where nothing stops it. */
  Swapper exchanging() {
    return swapper(SwapWay.EXCHANGE, CrashPoints.none());
  }

  private void insertVideo(Database database) {
    UUID library = UUID.randomUUID();
    database
        .client()
        .sql("insert into libraries (id, name, root) values (?, ?, ?)")
        .params(library, library.toString(), root.toString())
        .update();
    database
        .client()
        .sql("insert into videos (id, library_id, path, size, mtime) values (?, ?, ?, 1, ?)")
        .params(video.value(), library, source.toString(), Timestamp.from(MODIFIED))
        .update();
  }

  /** Anew, where a mount has come over its folder. */
  void writeOriginal() throws IOException {
    Files.write(source, ORIGINAL);
    Files.setLastModifiedTime(source, java.nio.file.attribute.FileTime.from(MODIFIED));
  }

  static MediaPath media(Path path) {
    return new MediaPath(path.toString());
  }

  static Machine machine() {
    return new Machine("bench", "default", Path.of("/"));
  }

  Stager stager() {
    return stager(progress -> {});
  }

  /** Who tells this how far it is, a block at a time. */
  Stager stager(Consumer<EncodeProgress> heartbeat) {
    return new Stager(machine(), root -> {}, 0, () -> heartbeat);
  }

  /** On a mount where this is the best way. */
  Swapper swapper(SwapWay way, CrashPoints points) {
    return swapper(TestMount.of(way), points);
  }

  Swapper swapper(TestMount mount, CrashPoints points) {
    return new Swapper(
        machine(),
        rows,
        (folder, owner) -> mount.ability(),
        mount.means(),
        points,
        () -> progress -> {});
  }

  /** What the mount can do is tried and kept. */
  Swapper triedSwapper(Database database, TestMount mount) {
    return new Swapper(
        machine(),
        rows,
        new Mounts(machine(), database, mount.calls()),
        mount.means(),
        CrashPoints.none(),
        () -> progress -> {});
  }

  StageRequest stageRequest() {
    return stageRequest(RESULT);
  }

  /** For a result of this content. */
  StageRequest stageRequest(byte[] content) {
    try {
      Path result = Files.write(work.resolve(video + ".mkv"), content);
      return new StageRequest(
          video, media(root), media(source), media(result), Sha256.of(result, bytes -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result lies beside its source, ready to be swapped. */
  SwapRequest staged(String attempt) {
    StagedResult staged = stager().stage(stageRequest());
    try {
      return new SwapRequest(
          video,
          attempt + "#" + video,
          media(root),
          media(source),
          FileIdentity.of(source),
          media(target),
          staged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file in the one quarantine folder that has the original's name. */
  Path kept() {
    return rows.latestCommitted(video)
        .map(row -> Path.of(row.quarantine().value()).resolve(source.getFileName()))
        .orElseThrow();
  }

  /** The one folder of the library's quarantine. */
  Path quarantineFolder() {
    try (Stream<Path> all =
        Files.list(root.resolve(DotFolder.NAME).resolve(DotFolder.QUARANTINE))) {
      return all.toList().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String relative(Path file) {
    return root.relativize(file).toString();
  }

  /** Every regular file of the library besides manifests, as paths from its root. */
  List<String> files() {
    return entries(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).stream()
        .filter(name -> !name.endsWith("/manifest.json"))
        .toList();
  }

  /** The names in our own folders. */
  List<String> ours() {
    return entries(path -> path.toString().contains("/" + DotFolder.NAME + "/"));
  }

  private List<String> entries(java.util.function.Predicate<Path> wanted) {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(wanted).map(path -> root.relativize(path).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
