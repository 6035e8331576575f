package dev.reencodarr.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.starter.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One command as it would be typed, with what it printed and how it ended. */
record CommandRun(int exitCode, String out, String err) {

  /** Runs it in a folder, with a home of its own and no environment. */
  static CommandRun in(Path folder, String... typed) {
    return with(Map.of(), folder, typed);
  }

  /** Runs it on this database; Temporal is away. */
  static CommandRun on(Database database, Path folder, String... typed) {
    String url =
        database
            .client()
            .sql(
                "select 'jdbc:postgresql://127.0.0.1:' || current_setting('port') || '/' ||"
                    + " current_database() || '?user=postgres&currentSchema=' || current_schema()")
            .query(String.class)
            .single();
    return with(
        Map.of(
            "REENCODARR_DATABASE_URL",
            url,
            "REENCODARR_TEMPORAL_ADDRESS",
            "127.0.0.1:9",
            "REENCODARR_TEMPORAL_UI",
            "http://127.0.0.1:8"),
        folder,
        typed);
  }

  static CommandRun with(Map<String, String> environment, Path folder, String... typed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new Home(folder.resolve("home")),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            environment,
            folder,
            folder);
    int exitCode = new Commands(surroundings).run(typed);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What a program reads: it ended well, said nothing else, and printed JSON alone. */
  JsonNode json() throws IOException {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
    return new ObjectMapper().readTree(out);
  }

  /** The keys of a JSON object, in their order. */
  static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
