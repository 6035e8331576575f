package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository.SecretsRead;
import dev.reencodarr.activities.sync.webhook.Admission.Admitted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who may be heard, also while PostgreSQL is away: it goes by what it knew last. Whoever is
 * not admitted by that is looked for once more, since a connection may be seconds old.
 */
final class Doorkeeper {

  private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

  /** Whoever tries secrets does not keep PostgreSQL busy. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final KnownSecrets secrets;
  private volatile Map<String, Door> doors = Map.of();
  private volatile boolean isAway = true;
  private volatile List<String> unreadable = List.of();
  private long lookBegan = System.nanoTime();

  private record Door(Admitted connection, String digest) {}

  Doorkeeper(KnownSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Whether somebody is heard. Takes as long for a wrong secret as for the right one.
   *
   * @param secret as it was sent; empty for none
   */
  Admission admit(String name, String secret) {
    long arrived = System.nanoTime();
    Admission first = byWhatIsKnown(name, secret);
    if (first instanceof Admitted || isAway) {
      return first;
    }
    lookAfter(arrived);
    return byWhatIsKnown(name, secret);
  }

  private Admission byWhatIsKnown(String name, String secret) {
    @Nullable Door door = doors.get(name);
    if (door == null) {
      return isAway ? new Admission.NotKnownYet() : new Admission.Unknown();
    }
    return MessageDigest.isEqual(bytes(door.digest()), bytes(digest(secret)))
        ? door.connection()
        : new Admission.Refused();
  }

  private synchronized void lookAfter(long arrived) {
    if (lookBegan - arrived >= 0) {
      return;
    }
    long early = BETWEEN_LOOKS.toNanos() - (System.nanoTime() - lookBegan);
    try {
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    look();
  }

  /** Looks who is there now. */
  synchronized void look() {
    lookBegan = System.nanoTime();
    try {
      SecretsRead read = secrets.read();
      Map<String, Door> found = new HashMap<>();
      read.secrets()
          .forEach((connection, secret) ->
              found.put(connection.name(), new Door(admitted(connection), digest(secret))));
      doors = Map.copyOf(found);
      tell(read.unreadable());
      isAway = false;
    } catch (SecretUnreadable e) {
      tell(List.of(String.valueOf(e.getMessage())));
      isAway = false;
    } catch (RuntimeException e) {
      isAway = true;
      log.debug("connections cannot be read; those that are known are heard", e);
    }
  }

  private void tell(List<String> problems) {
    if (!problems.equals(unreadable)) {
      problems.forEach(problem -> log.warn("webhooks: {}", problem));
    }
    unreadable = problems;
  }

  private static Admitted admitted(Connection connection) {
    return new Admitted(connection.id(), connection.name(), connection.kind(), connection.zone());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String secret) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(secret)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
