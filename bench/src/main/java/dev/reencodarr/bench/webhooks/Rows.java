package dev.reencodarr.bench.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** What is known of titles, by us and by the plain way. */
final class Rows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration POLL = Duration.ofMillis(200);

  private final Database database;

  Rows(Database database) {
    this.database = database;
  }

  /** Returns when PostgreSQL answers. */
  void awaitServer(Duration limit) throws InterruptedException, NoFigure {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!answers()) {
      if (System.nanoTime() > deadline) {
        throw new NoFigure("PostgreSQL does not come back");
      }
      Thread.sleep(POLL);
    }
  }

  private boolean answers() {
    try {
      return database.client().sql("select 1").query(Integer.class).single() == 1;
    } catch (DataAccessException _) {
      return false;
    }
  }

  /** Makes the table of the plain way, empty. */
  void prepareThePlainWay() {
    database.client().sql("drop table if exists " + PlainServer.TABLE).update();
    database
        .client()
        .sql(
            "create table "
                + PlainServer.TABLE
                + " (program text, title bigint, files jsonb, primary key (program, title))")
        .update();
  }

  /** How many titles of a round are not known by us as they are. */
  int behind(Collection collection, Restart round) throws NoFigure {
    Connection connection =
        new ConnectionRepository(database)
            .named(collection.name())
            .orElseThrow(() -> new NoFigure("there is no connection " + collection.name()));
    Map<Long, List<KnownFile>> known =
        new ManagedRepository(database).files(connection.id(), collection.titles(round));
    int behind = 0;
    for (long title : collection.titles(round)) {
      Set<String> files =
          known.getOrDefault(title, List.of()).stream()
              .map(file -> file.record().id() + " " + file.record().size() + " " + file.path())
              .collect(Collectors.toSet());
      behind += files.equals(collection.there(title)) ? 0 : 1;
    }
    return behind;
  }

  /** How many of them the plain way does not know as they are. */
  int plainlyBehind(Collection collection, Restart round) throws IOException {
    Map<Long, Set<String>> known = new HashMap<>();
    for (Plain row : plain(collection.name())) {
      Set<String> files = new HashSet<>();
      for (JsonNode file : JSON.readTree(row.files())) {
        files.add(
            file.path("id").asLong()
                + " "
                + file.path("size").asLong()
                + " "
                + file.path("path").asText());
      }
      known.put(row.title(), files);
    }
    return (int)
        collection.titles(round).stream()
            .filter(title -> !collection.there(title).equals(known.get(title)))
            .count();
  }

  private record Plain(long title, String files) {}

  private List<Plain> plain(String program) {
    return database
        .client()
        .sql("select title, files from " + PlainServer.TABLE + " where program = :program")
        .param("program", program)
        .query((row, number) -> new Plain(row.getLong("title"), row.getString("files")))
        .list();
  }
}
