package dev.reencodarr.starter.command;

/** A command came to nothing; the message says why and what to do, in plain words. */
public final class CommandFailed extends Exception {

  private final ExitCode exitCode;

  public CommandFailed(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public CommandFailed(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** What was typed cannot be done. */
  static CommandFailed usage(String message) {
    return new CommandFailed(ExitCode.USAGE, message);
  }

  /** Something is not reachable; says how to start it. */
  static CommandFailed unreachable(String what) {
    return new CommandFailed(
        ExitCode.UNREACHABLE, what + "\n  start the stack with: ./reencodarr up");
  }
}
