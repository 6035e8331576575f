package dev.reencodarr.bench.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SenderTest {

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(exchange.getRequestHeaders().getFirst("X-Secret") + " " + body);
          if (body.equals("hang up")) {
            throw new IOException("as it was told");
          }
          exchange.sendResponseHeaders(Integer.parseInt(body), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private Call call(long atMillis, String body) {
    return new Call(
        atMillis * 1000,
        "http://127.0.0.1:" + server.getAddress().getPort() + "/api",
        Map.of("X-Secret", "s"),
        body);
  }

  @Test
  void theAnswersStandInTheOrderOfTheCalls() {
    List<Answer> answers =
        new Sender(2)
            .send(List.of(call(0, "204"), call(5, "503"), call(10, "500"), call(15, "204")));

    assertThat(answers).extracting(Answer::status).containsExactly(204, 503, 500, 204);
    assertThat(heard).containsExactlyInAnyOrder("s 204", "s 503", "s 500", "s 204");
  }

  @Test
  void whoHangsUpHasNotAnsweredAndIsCalledAgain() {
    List<Answer> answers =
        new Sender(1).send(List.of(call(0, "204"), call(5, "hang up"), call(10, "204")));

    assertThat(answers).extracting(Answer::status).containsExactly(204, 0, 204);
  }

  @Test
  void theWarmUpIsCountedApart() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Sent sent =
        Sender.run(
            new Plan(2, List.of(call(0, "503")), List.of(call(0, "204"), call(1, "503"))),
            new PrintStream(said, true, StandardCharsets.UTF_8));

    assertThat(sent.warmUp()).hasSize(1);
    assertThat(sent.calls()).hasSize(2);
    assertThat(sent.notTaken()).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8).strip()).isEqualTo(Sender.BEGINS);
  }
}
