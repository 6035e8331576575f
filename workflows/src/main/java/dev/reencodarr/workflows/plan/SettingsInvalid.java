package dev.reencodarr.workflows.plan;

/** The settings cannot be used; the message says which, where and why. */
public final class SettingsInvalid extends RuntimeException {

  public SettingsInvalid(String message) {
    super(message);
  }

  public SettingsInvalid(String message, Throwable cause) {
    super(message, cause);
  }
}
