package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback address. */
final class Ports {

  /** Below those that the kernel lends to outgoing connections, which come and go at any time. */
  private static final int LOWEST = 20_000;

  private static final int BEYOND = 30_000;
  private static final int TRIES = 200;

  /** The kernel's number of this state of a socket. */
  private static final String LISTENING = "0A";

  private Ports() {}

  /** The wished one where nobody has it, else any other; to be held while its server is wanted. */
  static Port take(int wished) throws StackFailed {
    Optional<Port> port = Port.take(wished);
    for (int tried = 0; port.isEmpty() && tried < TRIES; tried++) {
      port = Port.take(ThreadLocalRandom.current().nextInt(LOWEST, BEYOND));
    }
    return port.orElseThrow(() ->
        new StackFailed(
            "no port is free on 127.0.0.1: neither "
                + wished
                + " nor "
                + TRIES
                + " between "
                + LOWEST
                + " and "
                + BEYOND));
  }

  /**
   * Whether this very process listens at the port: the server that answers may be another program
   * that took it in between.
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
}
