package dev.reencodarr.fakearr.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Calls a webhook and waits for its answer. */
final class Caller implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** The status of the answer; 0 where none came. */
  int call(Notification to, String body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(to.url()))
              .timeout(LIMIT)
              .header("Content-Type", "application/json")
              .method(to.method(), HttpRequest.BodyPublishers.ofString(body));
      to.headers().forEach(request::header);
      if (!to.username().isEmpty()) {
        request.header("Authorization", basic(to));
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | IllegalArgumentException _) {
      return 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static String basic(Notification to) {
    byte[] pair = (to.username() + ":" + to.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
