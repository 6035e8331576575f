package dev.reencodarr.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A network line on this machine that passes everything on, until it is cut or stalled. */
final class Line implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private enum Condition {
    WHOLE,
    STALLED,
    CUT
  }

  private final ServerSocket here;
  private final Supplier<Optional<InetSocketAddress>> there;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private Condition condition = Condition.WHOLE;

  private Line(ServerSocket here, Supplier<Optional<InetSocketAddress>> there) {
    this.here = here;
    this.there = there;
  }

  /**
   * A line from a free port of the loopback.
   *
   * @param there where it leads, asked for each connection; empty: nobody is there now
   */
  static Line to(Supplier<Optional<InetSocketAddress>> there) throws IOException {
    Line line = new Line(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), there);
    Thread.ofPlatform().daemon().name("line").start(line::accept);
    return line;
  }

  int port() {
    return here.getLocalPort();
  }

  /** Drops what is connected and whoever comes. */
  void cut() {
    become(Condition.CUT);
    ends.forEach(this::drop);
  }

  /** Lets nothing pass any more, without a word to either end. */
  void stall() {
    become(Condition.STALLED);
  }

  /** As new. */
  void mend() {
    become(Condition.WHOLE);
  }

  private void become(Condition next) {
    synchronized (change) {
      condition = next;
      change.notifyAll();
    }
  }

  private Condition condition() {
    synchronized (change) {
      return condition;
    }
  }

  private void accept() {
    while (!here.isClosed()) {
      try {
        Socket near = here.accept();
        ends.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        if (!here.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void connect(Socket near) {
    Optional<InetSocketAddress> address =
        condition() == Condition.CUT ? Optional.empty() : there.get();
    if (address.isEmpty()) {
      drop(near);
      return;
    }
    try {
      Socket far = new Socket();
      ends.add(far);
      far.connect(address.get());
      far.setTcpNoDelay(true);
      near.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(far, near));
      pass(near, far);
    } catch (IOException e) {
      // Nobody listens there: the caller is to see just that.
      drop(near);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitFlow();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One end is gone, and the other follows.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(from);
      drop(to);
    }
  }

  private void awaitFlow() throws InterruptedException {
    synchronized (change) {
      while (condition == Condition.STALLED) {
        change.wait();
      }
    }
  }

  /** By a reset, as from a machine that knows nothing of the connection. */
  private void drop(Socket socket) {
    ends.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  @Override
  public void close() throws IOException {
    here.close();
    mend();
    ends.forEach(this::drop);
  }
}
