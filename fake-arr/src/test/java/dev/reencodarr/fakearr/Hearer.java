package dev.reencodarr.fakearr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears webhooks. */
final class Hearer implements AutoCloseable {

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final AtomicInteger status = new AtomicInteger(200);
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();

  Hearer() throws IOException {
    server.createContext("/", this::hear);
    server.start();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      heard.add(new ObjectMapper().readTree(exchange.getRequestBody()));
      secrets.add(
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Secret")).orElse(""));
      exchange.sendResponseHeaders(status.get(), -1);
    }
  }

  void answers(int with) {
    status.set(with);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  List<String> events() {
    List<String> events = new ArrayList<>();
    heard.forEach(body -> events.add(body.path("eventType").asText()));
    return events;
  }

  JsonNode last() {
    return heard.getLast();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
