package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/**
 * A port of the loopback address that is this stack's alone for as long as it is held: before its
 * server listens, and while that is started anew. Every stack of the machine asks for the UDP
 * socket of the same number, which nobody else needs and only one can have; the kernel frees it
 * with the process.
 */
final class Port implements AutoCloseable {

  private final int number;
  private final DatagramSocket claim;

  private Port(int number, DatagramSocket claim) {
    this.number = number;
    this.claim = claim;
  }

  int number() {
    return number;
  }

  /** Takes it, unless another stack has it or any program listens at it. */
  static Optional<Port> take(int number) {
    Optional<DatagramSocket> claim = claim(number);
    if (claim.isPresent() && !isFree(number)) {
      claim.get().close();
      return Optional.empty();
    }
    return claim.map(held -> new Port(number, held));
  }

  private static Optional<DatagramSocket> claim(int number) {
    try {
      return Optional.of(new DatagramSocket(loopback(number)));
    } catch (SocketException taken) {
      return Optional.empty();
    }
  }

  private static boolean isFree(int number) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do: what is left of closed connections is in nobody's way.
      socket.setReuseAddress(true);
      socket.bind(loopback(number));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static InetSocketAddress loopback(int number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
  }

  @Override
  public void close() {
    claim.close();
  }
}
