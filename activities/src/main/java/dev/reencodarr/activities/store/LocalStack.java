package dev.reencodarr.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The addresses of the local stack that is running: {@code $REENCODARR_HOME/run/stack.json}.
 *
 * @param temporalAddress host:port
 * @param temporalUi address of the Web UI
 * @param databaseUrl a JDBC address without a password
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LocalStack(String temporalAddress, String temporalUi, String databaseUrl) {

  /** The file of a home. */
  public static Path file(Path home) {
    return home.resolve("run").resolve("stack.json");
  }

  /** Holds the password of the home's own PostgreSQL in its first line; for its user alone. */
  public static Path databasePasswordFile(Path home) {
    return home.resolve("postgres").resolve("password");
  }

  /**
   * What is written there; empty if nothing is.
   *
   * @throws SettingsInvalid if it cannot be understood
   */
  public static Optional<LocalStack> read(Path home) {
    Path file = file(home);
    try {
      LocalStack stack = Json.read(Files.readString(file), LocalStack.class);
      return Optional.of(stack);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SettingsInvalid(file + " cannot be read: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof JsonProcessingException) {
        throw new SettingsInvalid(file + " is damaged; start the stack again", e);
      }
      throw e;
    }
  }

  /** Writes it whole or not at all. */
  public void write(Path home) throws IOException {
    Path file = file(home);
    Path folder = Files.createDirectories(home.resolve("run"));
    Path draft = Files.createTempFile(folder, "stack", ".tmp");
    Files.writeString(draft, Json.write(this));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The stack has stopped. */
  public static void forget(Path home) throws IOException {
    Files.deleteIfExists(file(home));
  }
}
