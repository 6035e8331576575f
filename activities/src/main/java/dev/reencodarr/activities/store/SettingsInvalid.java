package dev.reencodarr.activities.store;

/** The settings cannot be used; the message says which, where and why. */
public final class SettingsInvalid extends RuntimeException {

  public SettingsInvalid(String message) {
    super(message);
  }

  SettingsInvalid(String message, Throwable cause) {
    super(message, cause);
  }
}
