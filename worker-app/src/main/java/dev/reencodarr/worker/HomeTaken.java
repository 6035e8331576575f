package dev.reencodarr.worker;

/** Another worker works in this home under this host name. */
final class HomeTaken extends Exception {

  private static final long serialVersionUID = 1L;

  HomeTaken(String message) {
    super(message);
  }
}
