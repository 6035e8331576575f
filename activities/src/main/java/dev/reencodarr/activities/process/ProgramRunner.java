package dev.reencodarr.activities.process;

/** Runs bound programs. */
public interface ProgramRunner {

  /**
   * Runs the program to its end.
   *
   * @param everySecond called about once a second on the calling thread; when it throws, the whole
   *     tree is ended (SIGINT, then SIGKILL) and the exception passed on
   * @throws ProgramNotStarted if it is missing, not executable or lacks a library (exit 126, 127):
   *     a fault of the worker
   */
  ProgramEnd run(ProgramCall call, Runnable everySecond)
      throws ProgramNotStarted, InterruptedException;

  /** The same one, and this listener hears every program that it runs. */
  default ProgramRunner heardBy(ProgramListener listener) {
    return (call, everySecond) -> run(call.heardBy(listener), everySecond);
  }
}
