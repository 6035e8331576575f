package dev.reencodarr.activities.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/** Signals to other processes: kill(2), which Java itself offers for SIGTERM and SIGKILL only. */
final class Signals {

  static final int INTERRUPT = 2;
  static final int KILL = 9;
  static final int CONTINUE = 18;
  static final int STOP = 19;

  /** The signals by which programs die; other numbers above 128 are exit codes of their own. */
  private static final Set<Integer> DEADLY =
      Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 24, 25, 31);

  private static final MethodHandle KILL_FUNCTION = killFunction();

  private Signals() {}

  @SuppressWarnings("restricted")
  private static MethodHandle killFunction() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find("kill").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /**
   * Sends a signal to one process.
   *
   * @param pid above 1, so that neither groups nor init can be meant
   * @return false if there is no such process or it is not ours
   */
  static boolean send(long pid, int signal) {
    if (pid <= 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not a process that may be signalled: " + pid);
    }
    try {
      return (int) KILL_FUNCTION.invokeExact((int) pid, signal) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) cannot be called", e);
    }
  }

  /**
   * The signal behind an exit code as shells, wrappers and Java give it (128 + signal); 0 where it
   * is the program's own code, such as ffmpeg's 183.
   */
  static int behind(int exitCode) {
    return DEADLY.contains(exitCode - 128) ? exitCode - 128 : 0;
  }
}
