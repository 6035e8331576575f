package dev.reencodarr.bench.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.bench.chaos.Ledger.SwapRow;
import dev.reencodarr.bench.chaos.Ledger.VideoRow;
import dev.reencodarr.starter.Home;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The program's rows, read and never written, by statements of the benchmark's own: what the
 * program's own code says of them is what is to be checked.
 */
final class Rows implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_SECONDS = 2;
  private static final int ANSWER_SECONDS = 5;

  private final Home home;
  private @Nullable Connection connection;

  Rows(Home home) {
    this.home = home;
  }

  /** Where the stack's Temporal listens now; empty while it is down. */
  static Optional<InetSocketAddress> temporal(Home home) {
    return address(home, "temporal_address").map(text -> socket("temporal://" + text));
  }

  /** Where the stack's PostgreSQL listens now; empty while it is down. */
  static Optional<InetSocketAddress> database(Home home) {
    return address(home, "database_url").map(text -> socket(text.substring("jdbc:".length())));
  }

  private static InetSocketAddress socket(String address) {
    URI uri = URI.create(address);
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static Optional<String> address(Home home, String key) {
    try {
      byte[] stack = Files.readAllBytes(home.run().resolve("stack.json"));
      return Optional.of(JSON.readTree(stack).path(key).asText()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      // The stack is down or on its way up.
      return Optional.empty();
    }
  }

  /** What they say of the films below a folder; empty while the database does not answer. */
  synchronized Optional<Ledger> below(Path folder) {
    try {
      Connection open = connection;
      if (open == null) {
        Optional<Connection> made = connect();
        if (made.isEmpty()) {
          return Optional.empty();
        }
        open = made.get();
        connection = open;
      }
      String prefix = folder + "/";
      return Optional.of(new Ledger(videos(open, prefix), swaps(open, prefix), open(open, prefix)));
    } catch (SQLException | IOException e) {
      // It was killed, stopped or cut off, which is what this is about.
      close();
      return Optional.empty();
    }
  }

  private Optional<Connection> connect() throws SQLException, IOException {
    Optional<String> url = address(home, "database_url");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.get());
    source.setPassword(Files.readAllLines(home.postgres().resolve("password")).getFirst());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setApplicationName("reencodarr-chaos");
    return Optional.of(source.getConnection());
  }

  private static List<VideoRow> videos(Connection open, String prefix) throws SQLException {
    List<VideoRow> rows = new ArrayList<>();
    try (PreparedStatement question =
            asked(
                open,
                "select id, path, state, detail, coalesce(failure_code, '') from videos"
                    + " where starts_with(path, ?)",
                prefix);
        ResultSet answer = question.executeQuery()) {
      while (answer.next()) {
        rows.add(
            new VideoRow(
                answer.getString(1),
                Path.of(answer.getString(2)),
                answer.getString(3),
                answer.getString(4),
                answer.getString(5)));
      }
    }
    return List.copyOf(rows);
  }

  private static List<SwapRow> swaps(Connection open, String prefix) throws SQLException {
    List<SwapRow> rows = new ArrayList<>();
    try (PreparedStatement question =
            asked(
                open,
                "select id, state, step, source_path, target_path, quarantine_path, result_sha256,"
                    + " undo_intent is not null, quarantined from replacements where starts_with(source_path, ?)",
                prefix);
        ResultSet answer = question.executeQuery()) {
      while (answer.next()) {
        rows.add(
            new SwapRow(
                answer.getString(1),
                answer.getString(2),
                answer.getString(3),
                Path.of(answer.getString(4)),
                Path.of(answer.getString(5)),
                Path.of(answer.getString(6)),
                answer.getString(7),
                answer.getBoolean(8),
                answer.getBoolean(9)));
      }
    }
    return List.copyOf(rows);
  }

  /** What was ordered and has no end: a scan that is to come may begin videos still. */
  private static int open(Connection open, String prefix) throws SQLException {
    try (PreparedStatement question =
            asked(
                open,
                "select (select count(*) from request_videos o join videos v on v.id = o.video_id"
                    + " where o.settled_at is null and starts_with(v.path, ?))"
                    + " + (select count(*) from requests where scanned_at is null and failure is null)",
                prefix);
        ResultSet answer = question.executeQuery()) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private static PreparedStatement asked(Connection open, String statement, String prefix)
      throws SQLException {
    PreparedStatement question = open.prepareStatement(statement);
    question.setString(1, prefix);
    return question;
  }

  @Override
  public synchronized void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is gone already.
      }
    }
  }
}
