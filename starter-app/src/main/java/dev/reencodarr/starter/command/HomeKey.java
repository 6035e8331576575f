package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretUnreadable;
import java.io.IOException;

/** The key of this home, under which secrets of connections are kept. */
final class HomeKey {

  private HomeKey() {}

  /** It is made where there is none. */
  static SecretKey of(Surroundings surroundings) throws CommandFailed {
    try {
      return SecretKey.inOrNew(surroundings.home().folder());
    } catch (SecretUnreadable e) {
      throw CommandFailed.usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandFailed.usage("no secret.key can be made up: " + e.getMessage());
    }
  }
}
