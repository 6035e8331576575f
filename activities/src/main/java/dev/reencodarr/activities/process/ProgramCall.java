package dev.reencodarr.activities.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to be run to its end, bound to us: it dies with this process, its whole tree.
 *
 * @param arguments the program's absolute path and its arguments; no shell reads them
 * @param folder working directory, private to this piece of work
 * @param environment added to a minimal one (PATH of the tools, LC_ALL=C.UTF-8, HOME)
 * @param limit of running time; the tree is ended when it is passed
 * @param stdoutLimit bytes of standard output that are kept from its start
 * @param quiet whether to run at nice 19 and idle I/O class: for heavy work
 * @param listener hears what it prints
 */
public record ProgramCall(
    List<String> arguments,
    Path folder,
    Map<String, String> environment,
    Duration limit,
    int stdoutLimit,
    boolean quiet,
    ProgramListener listener) {

  /** A call whose failure nobody will look into. */
  public ProgramCall(
      List<String> arguments,
      Path folder,
      Map<String, String> environment,
      Duration limit,
      int stdoutLimit,
      boolean quiet) {
    this(arguments, folder, environment, limit, stdoutLimit, quiet, ProgramListener.NOBODY);
  }

  /** The same, heard by this listener. */
  ProgramCall heardBy(ProgramListener other) {
    return new ProgramCall(arguments, folder, environment, limit, stdoutLimit, quiet, other);
  }
}
