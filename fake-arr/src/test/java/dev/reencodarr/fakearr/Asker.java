package dev.reencodarr.fakearr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks as a client does, with the key in its header. */
final class Asker implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeArr fake;

  Asker(FakeArr fake) {
    this.fake = fake;
  }

  record Answer(int status, String body, HttpResponse<String> response) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(fake.url() + path));
  }

  HttpRequest.Builder keyed(String route) {
    return to("/api/v3/" + route)
        .header("X-Api-Key", FakeArr.KEY)
        .header("Accept", "application/json");
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }

  Answer get(String route) throws IOException, InterruptedException {
    return send(keyed(route));
  }

  Answer delete(String route) throws IOException, InterruptedException {
    return send(keyed(route).DELETE());
  }

  Answer post(String route, String json) throws IOException, InterruptedException {
    return send(
        keyed(route)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  Answer put(String route, String json) throws IOException, InterruptedException {
    return send(
        keyed(route)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  /** Gives a command and waits for its end; its status. */
  String command(String json) throws IOException, InterruptedException {
    long id = post("command", json).json().path("id").asLong();
    fake.commands().awaitIdle();
    return get("command/" + id).json().path("status").asText();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
