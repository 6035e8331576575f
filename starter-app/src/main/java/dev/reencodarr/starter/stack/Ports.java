package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Ports of this machine's loopback address. */
final class Ports {

  private static final int ANY = 0;

  /** The kernel's number of this state of a socket. */
  private static final String LISTENING = "0A";

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

  /**
   * Whether this very process listens at the port: two stacks that start at the same moment may
   * both have found it free, and the server that answers may be the other's.
   */
  static boolean isListenedAtBy(int port, long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    // An IPv4 address may be bound through a socket of either family.
    addSockets(sockets, "/proc/net/tcp", "0100007F", port);
    addSockets(sockets, "/proc/net/tcp6", "0000000000000000FFFF00000100007F", port);
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : open) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (NoSuchFileException gone) {
      return false;
    }
    return false;
  }

  private static void addSockets(Set<String> sockets, String table, String address, int port)
      throws IOException {
    Path file = Path.of(table);
    if (!Files.exists(file)) {
      return;
    }
    String wanted = String.format(Locale.ROOT, "%s:%04X", address, port);
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields[1].equals(wanted) && fields[3].equals(LISTENING)) {
        sockets.add("socket:[" + fields[9] + "]");
      }
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
