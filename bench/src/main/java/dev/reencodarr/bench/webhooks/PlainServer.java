package dev.reencodarr.bench.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.fakearr.FakeArr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The plain way, a process of its own: for each webhook one question for the title's files and one
 * upsert, then the answer; 500 where either fails. It keeps its connections to PostgreSQL.
 */
final class PlainServer {

  /** Its table. */
  static final String TABLE = "plain_way";

  private static final int TAKEN = 204;
  private static final int FAILED = 500;
  private static final int OK = 200;

  private final DataSource source;
  private final Map<String, URI> programs;
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  private PlainServer(DataSource source, Map<String, URI> programs) {
    this.source = source;
    this.programs = programs;
  }

  /**
   * Serves until it is ended; its first line is its port.
   *
   * @param arguments the home of a stack, the address of Sonarr and that of Radarr
   */
  public static void main(String[] arguments) throws IOException {
    PlainServer plain =
        new PlainServer(
            ConnectionSource.of(
                SettingsFile.read(Path.of(arguments[0]), Map.of()).settings().connections()),
            Map.of("sonarr", URI.create(arguments[1]), "radarr", URI.create(arguments[2])));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", plain::handle);
    server.start();
    System.out.println(server.getAddress().getPort());
    System.out.flush();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = json.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getPath();
      exchange.sendResponseHeaders(status(path.substring(path.lastIndexOf('/') + 1), event), -1);
    }
  }

  private int status(String program, JsonNode event) {
    boolean isSonarr = program.equals("sonarr");
    long title = event.path(isSonarr ? "series" : "movie").path("id").asLong();
    try {
      put(
          program,
          title,
          ask(program, (isSonarr ? "episodefile?seriesId=" : "moviefile?movieId=") + title));
      return TAKEN;
    } catch (IOException | SQLException e) {
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private String ask(String program, String what) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(programs.get(program) + "/api/v3/" + what))
            .header("X-Api-Key", FakeArr.KEY)
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(what + " is answered " + answer.statusCode());
    }
    return answer.body();
  }

  private void put(String program, long title, String files) throws SQLException {
    @Nullable Connection kept = idle.poll();
    Connection connection = kept == null ? source.getConnection() : kept;
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into "
                + TABLE
                + " values (?, ?, cast(? as jsonb))"
                + " on conflict (program, title) do update set files = excluded.files")) {
      upsert.setString(1, program);
      upsert.setLong(2, title);
      upsert.setString(3, files);
      upsert.executeUpdate();
      idle.add(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
