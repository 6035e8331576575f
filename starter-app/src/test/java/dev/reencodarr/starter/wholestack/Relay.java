package dev.reencodarr.starter.wholestack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A machine's network line to a port of this machine; it can be cut and mended. */
final class Relay implements AutoCloseable {

  private final ServerSocket here;
  private final int there;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Relay(ServerSocket here, int there) {
    this.here = here;
    this.there = there;
  }

  static Relay to(int port) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  String address() {
    return "127.0.0.1:" + here.getLocalPort();
  }

  /** Drops what is connected and whoever comes. */
  void cut() throws IOException {
    cut = true;
    dropAll();
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!here.isClosed()) {
      try {
        Socket near = here.accept();
        ends.add(near);
        if (cut) {
          drop(near);
        } else {
          join(near);
        }
      } catch (IOException closedOrRefused) {
        // The next one may get through.
      }
    }
  }

  private void join(Socket near) throws IOException {
    Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
    ends.add(far);
    Thread.ofVirtual().start(() -> pass(near, far));
    Thread.ofVirtual().start(() -> pass(far, near));
    if (cut) {
      // It was cut in between.
      dropAll();
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException dropped) {
      // Then both ends go.
    } finally {
      drop(from);
      drop(to);
    }
  }

  private void drop(Socket end) {
    ends.remove(end);
    try {
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void dropAll() {
    ends.forEach(this::drop);
  }

  @Override
  public void close() throws IOException {
    here.close();
    dropAll();
  }
}
