package dev.reencodarr.fakearr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.fault.Faults;
import dev.reencodarr.fakearr.http.Exchange;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.http.Request;
import dev.reencodarr.fakearr.http.RequestLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server on loopback: it can be stopped, and started again where it was. */
final class Server {

  private final Door door;
  private final Faults faults;
  private final RequestLog log;
  private final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();
  private @Nullable Running running;
  private int port = 0;

  private record Running(HttpServer http, ExecutorService threads) {}

  Server(Door door, Faults faults, RequestLog log) {
    this.door = door;
    this.faults = faults;
    this.log = log;
  }

  void observe(Consumer<Exchange> observer) {
    observers.add(observer);
  }

  synchronized int port() {
    return port;
  }

  synchronized void start() throws IOException {
    if (running != null) {
      return;
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
    port = http.getAddress().getPort();
    running = new Running(http, threads);
  }

  /** Breaks off whatever is under way. */
  synchronized void stop() {
    if (running != null) {
      running.http().stop(0);
      running.threads().shutdownNow();
      running = null;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request = door.key().read(exchange, body);
      log.add(request);
      Optional<Fault> fault = faults.of(request);
      if (fault.isPresent()) {
        answer(exchange, request, fault.get());
      } else {
        answer(exchange, request);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Request request) throws IOException {
    Reply reply = door.answer(request);
    tell(new Exchange(door.kind(), inside(request), Optional.of(reply), isOwn(request, reply)));
    send(exchange, reply, reply.body().length);
  }

  /** What the documents know nothing of: redirects, and answers to what cannot be had. */
  private boolean isOwn(Request request, Reply reply) {
    return door.isIn(request)
        && reply.status() != 307
        && reply.status() != 405
        && reply.status() != 406;
  }

  private void answer(HttpExchange exchange, Request request, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Late(var by) -> {
        Thread.sleep(by);
        answer(exchange, request);
      }
      case Fault.Instead(var reply) -> {
        tell(new Exchange(door.kind(), inside(request), Optional.of(reply), false));
        send(exchange, reply, reply.body().length);
      }
      case Fault.CutShort() -> {
        Reply reply = door.answer(request);
        tell(new Exchange(door.kind(), inside(request), Optional.empty(), false));
        send(exchange, reply, reply.body().length / 2);
      }
      case Fault.HangUp() -> {
        door.answer(request);
        tell(new Exchange(door.kind(), inside(request), Optional.empty(), false));
      }
    }
  }

  private Request inside(Request request) {
    return door.isIn(request) ? request.below(door.urlBase()) : request;
  }

  private void tell(Exchange exchange) {
    observers.forEach(observer -> observer.accept(exchange));
  }

  /** Sends as many bytes of the body as that, though it promises the whole. */
  private static void send(HttpExchange exchange, Reply reply, int bytes) throws IOException {
    if (!reply.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(reply.body(), 0, bytes);
      exchange.getResponseBody().flush();
    }
  }
}
