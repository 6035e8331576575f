package dev.reencodarr.starter.tools;

/** A step of an installation failed; the message says which, why and what to do. */
public final class InstallationFailed extends Exception {

  public InstallationFailed(String message) {
    super(message);
  }

  public InstallationFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
