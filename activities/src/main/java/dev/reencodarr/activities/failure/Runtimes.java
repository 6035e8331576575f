package dev.reencodarr.activities.failure;

/** What this JVM and its operating system call themselves. */
final class Runtimes {

  private Runtimes() {}

  static String os() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  static String java() {
    return Runtime.version().toString();
  }
}
