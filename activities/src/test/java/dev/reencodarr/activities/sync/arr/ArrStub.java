package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reencodarr.activities.watching.StubServer;
import dev.reencodarr.workflows.sync.ArrKind;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A Sonarr or Radarr that answers what a test says, with a client for it. When it is closed it
 * looks whether the key went where it is to go, and nowhere else.
 */
final class ArrStub implements AutoCloseable {

  static final String KEY = "0123456789abcdefABCDEF0123456789";

  /** Of a patience that a test has. */
  static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(5),
          new Limits.Wait(Duration.ofSeconds(20), Duration.ofSeconds(30)),
          new Limits.Wait(Duration.ofSeconds(20), Duration.ofMinutes(2)),
          Duration.ofMillis(10),
          512L << 20,
          2 << 20);

  private final StubServer server = new StubServer();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours =
      (Logger) LoggerFactory.getLogger(ArrStub.class.getPackage().getName());
  private final ArrClients clients;
  private final ArrClient client;

  ArrStub(ArrKind kind) {
    this(kind, LIMITS);
  }

  ArrStub(ArrKind kind, Limits limits) {
    clients = new ArrClients(limits);
    client = clients.at(kind, server.url().resolve("base/"), KEY);
    ours.setLevel(Level.DEBUG);
    log.start();
    root.addAppender(log);
  }

  ArrClient client() {
    return client;
  }

  StubServer server() {
    return server;
  }

  /** Answers at a path below the URL base and {@code api/v3/}. */
  ArrStub at(String path, int code, String body) {
    server.at("/base/api/v3/" + path, code, body);
    return this;
  }

  ArrStub at(String path, StubServer.Answer answer) {
    server.at("/base/api/v3/" + path, answer);
    return this;
  }

  /** What it was asked, below the URL base and {@code api/v3/}. */
  List<String> asked() {
    return server.asked().stream().map(asked -> asked.line().replace("/base/api/v3/", "")).toList();
  }

  String lastBody() {
    return server.asked().getLast().body();
  }

  List<String> logged() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    root.detachAppender(log);
    ours.setLevel(null);
    clients.close();
    server.close();
    assertThat(server.asked())
        .allSatisfy(asked -> {
          assertThat(asked.line()).doesNotContainIgnoringCase(KEY);
          assertThat(asked.body()).doesNotContainIgnoringCase(KEY);
          assertThat(asked.headers()).containsEntry("x-api-key", KEY);
          assertThat(asked.headers()).containsEntry("accept", "application/json");
        });
    assertThat(logged()).noneMatch(line -> line.contains(KEY));
  }
}
