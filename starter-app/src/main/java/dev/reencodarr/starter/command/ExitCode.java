package dev.reencodarr.starter.command;

/** How a command ended, for scripts. */
public enum ExitCode {
  DONE(0),
  /** The work failed. */
  FAILED(1),
  /** Bad usage: unknown options, a folder that does not exist. */
  USAGE(2),
  /** The stack is not reachable. */
  UNREACHABLE(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
