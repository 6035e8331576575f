package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Who may enter the local PostgreSQL: its file {@code pg_hba.conf}, which it reads at its start.
 */
final class HostAccess {

  /** How a password is asked for; also an option of initdb. */
  static final String METHOD = "scram-sha-256";

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Path file;

  /**
   * @param data the data folder
   */
  HostAccess(Path data) {
    this.file = data.resolve("pg_hba.conf");
  }

  /** Whether somebody is let in without a password, as earlier versions did. */
  boolean letsAnybodyIn() throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .anyMatch(line -> Arrays.asList(SPACE.split(line)).contains("trust"));
  }

  /** From the next start on, nobody gets in without the password. */
  void requirePassword() throws IOException {
    write(METHOD);
  }

  /** From the next start on, a new password can be set by somebody who does not know the old. */
  void letInToSetPassword() throws IOException {
    write("trust");
  }

  private void write(String method) throws IOException {
    String lines =
        """
        # Written by Reencodarr.
        local  all  all                %1$s
        host   all  all  127.0.0.1/32  %1$s
        host   all  all  ::1/128       %1$s
        """
            .formatted(method);
    Path draft = Files.createTempFile(file.getParent(), "pg_hba", ".tmp");
    Files.writeString(draft, lines);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
