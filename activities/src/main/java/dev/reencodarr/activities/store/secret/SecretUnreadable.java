package dev.reencodarr.activities.store.secret;

/** A secret, or the key to it, cannot be used; says why, without a word of either. */
public final class SecretUnreadable extends Exception {

  public SecretUnreadable(String message) {
    super(message);
  }
}
