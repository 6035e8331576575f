package dev.reencodarr.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.fakearr.FakeArr;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The plain way: one question for each title, one after the other, and an upsert for each file. It
 * does less than a sync: it compares nothing, orders nothing and lets nothing go.
 */
final class OneByOne implements AutoCloseable {

  private static final int OK = 200;

  private final Database database;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  OneByOne(Database database) {
    this.database = database;
    database
        .client()
        .sql(
            """
            create table one_by_one (program text, file bigint, path text, size bigint, record jsonb,
              primary key (program, file))
            """)
        .update();
  }

  /** Looks through both; how many seconds that takes. */
  double seconds(FakeArr sonarr, FakeArr radarr)
      throws IOException, InterruptedException, NoFigure {
    long begin = System.nanoTime();
    int files =
        read(sonarr, "series", "episodefile?seriesId=")
            + read(radarr, "movie", "moviefile?movieId=");
    if (files != ManyTitles.EPISODES + ManyTitles.MOVIES) {
      throw new NoFigure("the plain way has found " + files + " files");
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private int read(FakeArr program, String titles, String filesOf)
      throws IOException, InterruptedException, NoFigure {
    int files = 0;
    for (JsonNode title : ask(program, titles)) {
      for (JsonNode file : ask(program, filesOf + title.path("id").asLong())) {
        put(titles, file);
        files++;
      }
    }
    return files;
  }

  private JsonNode ask(FakeArr program, String what)
      throws IOException, InterruptedException, NoFigure {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + "/api/v3/" + what))
            .header("X-Api-Key", FakeArr.KEY)
            .header("Accept", "application/json")
            .build();
    HttpResponse<InputStream> answer =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != OK) {
      throw new NoFigure(what + " is answered " + answer.statusCode());
    }
    try (InputStream body = answer.body()) {
      return json.readTree(body);
    }
  }

  private void put(String program, JsonNode file) {
    database
        .client()
        .sql(
            """
            insert into one_by_one values (:program, :file, :path, :size, cast(:record as jsonb))
            on conflict (program, file) do update
              set path = excluded.path, size = excluded.size, record = excluded.record
            """)
        .param("program", program)
        .param("file", file.path("id").asLong())
        .param("path", file.path("path").asText())
        .param("size", file.path("size").asLong())
        .param("record", file.toString())
        .update();
  }

  @Override
  public void close() {
    http.close();
    database.client().sql("drop table one_by_one").update();
  }
}
