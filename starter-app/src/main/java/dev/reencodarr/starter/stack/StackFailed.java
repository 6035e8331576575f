package dev.reencodarr.starter.stack;

/** The stack or a part of it could not be started; the message says which part and why. */
public final class StackFailed extends Exception {

  public StackFailed(String message) {
    super(message);
  }

  public StackFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
