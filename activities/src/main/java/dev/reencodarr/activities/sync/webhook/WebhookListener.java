package dev.reencodarr.activities.sync.webhook;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server, a virtual thread for each call: who sends slowly holds up nobody. */
final class WebhookListener implements AutoCloseable {

  /** Seconds until a call has to be there as a whole. */
  private static final String LONGEST_CALL = "30";

  /** So many senders have neither Sonarr nor Radarr. */
  private static final String MOST_CONNECTIONS = "200";

  private final HttpServer server;
  private final ExecutorService threads;

  private WebhookListener(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens.
   *
   * @param address port 0 takes any that is free
   * @throws IOException if it cannot, such as where another program does
   */
  static WebhookListener at(InetSocketAddress address, HttpHandler handler) throws IOException {
    // The server takes its limits from nowhere else, and reads them once.
    System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_CALL);
    System.setProperty("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    if (address.isUnresolved()) {
      throw new IOException("the name " + address.getHostString() + " is not known here");
    }
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    return new WebhookListener(server, threads);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
