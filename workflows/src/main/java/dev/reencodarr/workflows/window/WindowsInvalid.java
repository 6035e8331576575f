package dev.reencodarr.workflows.window;

/** What is wrong with windows as they were written, for people. */
public final class WindowsInvalid extends Exception {

  public WindowsInvalid(String message) {
    super(message);
  }
}
