package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The password of the local PostgreSQL: made up once, readable by its user alone. It is never on a
 * command line, in an address or in a log.
 */
final class PasswordFile {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
  private static final int BYTES = 32;

  private final Path file;

  PasswordFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /**
   * Makes one up where there is none.
   *
   * @return whether it is a new one, which the server does not know yet
   */
  boolean makeIfMissing() throws IOException {
    if (Files.isRegularFile(file) && !Files.readString(file).isBlank()) {
      Files.setPosixFilePermissions(file, OWN);
      return false;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    // A temporary file is its user's alone from its first byte on.
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "password", ".tmp");
    Files.setPosixFilePermissions(draft, OWN);
    Files.writeString(draft, madeUp() + "\n");
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private static String madeUp() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
