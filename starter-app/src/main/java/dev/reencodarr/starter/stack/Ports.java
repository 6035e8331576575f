package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
final class Ports {

  private static final int ANY = 0;

  private Ports() {}

  /** The wished one where nobody has it, else any that is free. */
  static int preferred(int wished) throws StackFailed {
    return isFree(wished) ? wished : free();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = bind(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** One that nobody has at this moment. */
  static int free() throws StackFailed {
    try (ServerSocket socket = bind(ANY)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackFailed("no port is free on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
