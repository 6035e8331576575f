package dev.reencodarr.activities.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs that nobody waits for: they give way to all others on the processor and the disk,
 * to encodes too, and stand still while heavy work is held up.
 */
public final class IdleRunner implements ProgramRunner {

  private final ProgramRunner programs;
  private final List<String> prefix;

  /**
   * @param programs runs them in the end
   */
  public IdleRunner(ProgramRunner programs) {
    this.programs = programs;
    this.prefix = prefix();
  }

  /** Below nice 19, where the machine allows it: a container may not. */
  private static List<String> prefix() {
    return SystemPrograms.find("chrt")
        .map(chrt -> List.of(chrt, "-i", "0"))
        .filter(TriedPrefix::works)
        .orElse(List.of());
  }

  @Override
  public ProgramEnd run(ProgramCall call, Runnable everySecond)
      throws ProgramNotStarted, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(call.arguments());
    return programs.run(
        new ProgramCall(
            List.copyOf(command),
            call.folder(),
            call.environment(),
            call.limit(),
            call.stdoutLimit(),
            true,
            call.listener()),
        everySecond);
  }
}
