package dev.reencodarr.activities.process;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands before a bound program so that it dies with us. In a PID namespace the death of the
 * first process kills all: a signal on the parent's death alone would leave the grandchildren, and
 * with them ffmpeg, running.
 *
 * @param prefix arguments before the program's own
 * @param keeper whether the first process only waits for the program
 */
record Containment(List<String> prefix, boolean keeper) {

  /** The tightest that this machine allows, found by trying. */
  static Containment tightest() {
    for (Containment candidate : candidates()) {
      if (candidate.works()) {
        return candidate;
      }
    }
    return new Containment(List.of(), false);
  }

  /**
   * For a program that starts no other: it is enough that itself dies with us, and a namespace for
   * each of thousands of short programs costs more than a little.
   */
  static Containment ofALoneProgram() {
    Containment alone = new Containment(dieWithParent(), false);
    return alone.works() ? alone : new Containment(List.of(), false);
  }

  private static List<String> dieWithParent() {
    return SystemPrograms.find("setpriv")
        .map(it -> List.of(it, "--pdeathsig", "KILL"))
        .orElse(List.of());
  }

  /** From a whole namespace (as root, then as an ordinary user) down to a session of its own. */
  static List<Containment> candidates() {
    List<Containment> candidates = new ArrayList<>();
    List<String> session =
        SystemPrograms.find("setsid").map(it -> List.of(it, "--wait")).orElse(List.of());
    List<String> dieWithParent = dieWithParent();
    if (!dieWithParent.isEmpty()) {
      SystemPrograms.find("unshare")
          .ifPresent(unshare -> {
            List<String> namespace = List.of("--pid", "--fork", "--kill-child", "--");
            List<String> own = List.of(unshare, "--user", "--map-current-user");
            candidates.add(
                new Containment(
                    joined(List.of(session, dieWithParent, List.of(unshare), namespace)), true));
            candidates.add(
                new Containment(joined(List.of(session, dieWithParent, own, namespace)), true));
          });
      candidates.add(new Containment(joined(List.of(session, dieWithParent)), false));
    }
    candidates.add(new Containment(session, false));
    return candidates;
  }

  private static List<String> joined(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  boolean works() {
    return TriedPrefix.works(prefix);
  }
}
